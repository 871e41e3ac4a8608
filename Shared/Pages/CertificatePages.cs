using Microsoft.Extensions.Options;
using TlsOrLink.Links;

namespace TlsOrLink.Pages;

/// <summary>The delivery certificate (送達証明書) of a message, to be printed.</summary>
internal sealed class CertificatePages(IOptions<LinkOptions> links)
{
    /// <summary>The certificate; it says so itself where its chain is broken.</summary>
    public Page Show(Certificate certificate)
    {
        var language = certificate.Visitor.Language;
        var words = TrackWords.In(language);
        var message = certificate.Found.Message;
        var main = Html.Of(
            $"""
            <p>{words.CertificateLead}</p>
            {TrackPages.Facts(message, language)}
            <h2>{words.Recipients}</h2>
            <ul class="domains">
            {Html.Join(
                certificate.Found.Recipients.Select(row =>
                    Html.Of(
                        $"""
                        <li><h3><bdi>{ShownText.OneLine(row.Address)}</bdi></h3>
                        {TrackRecipients.Facts(row, language)}
                        {(row.Receipt is { } receipt ? Html.Of($"<h4>{words.Evidence}</h4>{TrackRecipients.Receipt(receipt)}") : Html.Empty)}</li>

                        """
                    )
                )
            )}</ul>
            <h2>{words.Heads}</h2>
            <dl>{Html.Join(
                certificate
                    .Trail.Heads.OrderBy(head => head.Key, StringComparer.Ordinal)
                    .Select(head => Html.Of($"<dt><code>{head.Key}</code></dt><dd><code>{head.Value.Count}.{head.Value.Mac}</code></dd>"))
            )}
            <dt>{words.VerifiedAt}</dt><dd>{TimeHtml.Of(certificate.At, language)}</dd></dl>
            <p>{(certificate.Defects.Count == 0 ? words.Intact : words.Broken)}</p>
            <p class="tools"><a href="{TrackPages.PathOf(message)}?lang={language.Tag()}">{words.Message}</a></p>
            """
        );
        return Layout.Render(
            new PageFrame(
                200,
                language,
                words.CertificateTitle,
                links.Value.CompanyName,
                main,
                $"{TrackPages.PathOf(message)}/certificate"
            )
            {
                Sheet = "check",
                Person = certificate.Visitor.Header,
                TellsItself = true,
            }
        );
    }
}
