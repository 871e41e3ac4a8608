using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Sending;

namespace TlsOrLink.Reporting;

/// <summary>One recipient in a report.</summary>
/// <param name="Who">The address.</param>
/// <param name="What">The state.</param>
/// <param name="How">The route.</param>
/// <param name="When">Of the state.</param>
/// <param name="Detail">Server and TLS version; where the recipient was not reached, why; may be empty.</param>
/// <param name="IsReached">The recipient's server took the message or its link.</param>
internal sealed record ReportLine(string Who, string What, string How, string When, string Detail, bool IsReached)
{
    public static ReportLine Of(RecipientRow row, MailLanguage language)
    {
        var isReached =
            row.State
            is RecipientState.Accepted
                or RecipientState.Linked
                or RecipientState.Downloaded
                or RecipientState.Expired
                or RecipientState.Revoked;
        return new ReportLine(
            ShownText.OneLine(row.Address),
            ReportWords.Of(row.State, language),
            (row.Route ?? row.PlannedRoute) is { } route ? CheckSentences.NameOf(route, language) : "",
            ShownTime.Of(row.UpdatedAt, language),
            isReached ? Evidence(row) : Why(row, language),
            isReached
        );
    }

    private static string Evidence(RecipientRow row) =>
        Receipt.Parse(row.Receipt) is { } receipt
            ? ShownText.OneLine(string.Join(", ", new[] { receipt.Host, receipt.TlsVersion }.OfType<string>()))
            : "";

    private static string Why(RecipientRow row, MailLanguage language) =>
        row.Reason is { } reason ? ReasonTexts.Of(reason, language).Meaning : "";
}
