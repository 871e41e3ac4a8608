using System.Globalization;
using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>What a verdict rests on, folded away.</summary>
internal static class CheckEvidenceHtml
{
    /// <summary>One <c>details</c> element. What hosts say of themselves is hostile input: shortened, and escaped as all text.</summary>
    public static Html Of(RoutedDomain answer, MailLanguage language)
    {
        var words = CheckWords.In(language);
        return answer.Verdict is not { } verdict
            ? Html.Of($"""<p class="note">{words.NotProbed}</p>""")
            : Html.Of(
                $"""
                <details><summary>{words.Evidence}</summary>
                <dl>
                <dt>{words.Level}</dt><dd><code>{Word(verdict.Level)}</code> · <code>{verdict.Reason}</code></dd>
                <dt>{words.Policy}</dt><dd><code>{PolicyOf(verdict.Policy)}</code></dd>
                <dt>{words.FoundAt}</dt><dd>{ShownTime.Of(verdict.FoundAt, language)}</dd>
                </dl>
                {(
                    verdict.Hosts.Count == 0
                        ? Html.Of($"<p class=\"note\">{words.NoHosts}</p>")
                        : Html.Join(verdict.Hosts.Select(host => Host(host, language)))
                )}
                </details>
                """
            );
    }

    /// <summary>A policy as the word by which people know it.</summary>
    public static string PolicyOf(DomainPolicy policy) =>
        policy switch
        {
            DomainPolicy.Dane => "dane",
            DomainPolicy.MtaStsEnforce => "mta-sts enforce",
            DomainPolicy.MtaStsTesting => "mta-sts testing",
            _ => "none",
        };

    private static Html Host(HostEvidence host, MailLanguage language)
    {
        var words = CheckWords.In(language);
        return Html.Of(
            $"""
            <dl>
            <dt>{words.Host}</dt><dd><bdi>{host.Host}</bdi>{Address(host)}</dd>
            <dt>{words.Level}</dt><dd><code>{Word(host.Level)}</code> · {ReasonTexts.Of(
                host.Reason,
                language
            ).Meaning}</dd>
            {Tls(host)}{Certificate(host, words, language)}
            </dl>
            """
        );
    }

    private static Html Address(HostEvidence host) =>
        host.Address is { } address ? Html.Of($" <span class=\"size\">{address}</span>") : Html.Empty;

    private static Html Tls(HostEvidence host) =>
        host.TlsVersion is { } version
            ? Html.Of($"<dt>TLS</dt><dd>{version}, {host.CipherSuite}{(host.RequireTls ? ", REQUIRETLS" : "")}</dd>\n")
            : Html.Empty;

    private static Html Certificate(HostEvidence host, CheckWords words, MailLanguage language) =>
        host.Certificate is { } certificate
            ? Html.Of(
                $"""
                <dt>{words.Certificate}</dt><dd><bdi>{ShownText.OneLine(certificate.Subject, 200)}</bdi>
                <span class="size"><bdi>{ShownText.OneLine(certificate.Issuer, 200)}</bdi> · {Day(certificate.NotBefore)} – {Day(
                    certificate.NotAfter
                )}</span><span class="size">SHA-256 {certificate.Sha256}</span>{Errors(certificate.Errors, language)}</dd>
                """
            )
            : Html.Empty;

    private static Html Errors(IReadOnlyList<string> errors, MailLanguage language) =>
        Html.Join(
            errors.Select(error => Html.Of($"<span class=\"size\">{ReasonTexts.Of(error, language).Meaning}</span>"))
        );

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Word(TlsLevel level) => level.ToString().ToLowerInvariant();
}
