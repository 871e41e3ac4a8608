using TlsOrLink.Checking;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>What the recipient's mail server shows, for whoever runs it.</summary>
internal static class RecheckHtml
{
    /// <summary>The answer in words, with the evidence folded away.</summary>
    public static Html Of(RoutedDomain answer, MailLanguage language)
    {
        var words = LinkWords.In(language);
        var text = ReasonTexts.Of(answer.Plan.Reason, language);
        var isDirect = answer.Plan.Route == Route.Tls;
        return Html.Of(
            $"""
            <p role="status"><b>{(isDirect ? words.RecheckDirect : words.RecheckNot)}</b></p>
            <p><b>{words.Found}</b> {text.Meaning}</p>
            {(
                !isDirect && text.Change is { } change
                    ? Html.Of($"<p><b>{words.Change}</b> {change}</p>")
                    : Html.Empty
            )}
            {CheckEvidenceHtml.Of(answer, language)}
            """
        );
    }
}
