using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TlsOrLink.Messages;
using TlsOrLink.Mx;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>The part <c>message/delivery-status</c> (RFC 3464 section 2). Pure.</summary>
internal static partial class DeliveryStatus
{
    /// <summary>One group for the message, one for each recipient; ASCII with CRLF.</summary>
    public static byte[] Write(DateTimeOffset arrivedAt, string mta, IReadOnlyList<RecipientRow> failed)
    {
        var status = new StringBuilder();
        Field(status, "Reporting-MTA", $"dns; {mta}");
        Field(status, "Arrival-Date", Date(arrivedAt));
        foreach (var row in failed)
        {
            status.Append("\r\n");
            // A recipient in doubt is none that failed for good: class 4.
            Field(status, "Final-Recipient", Recipient(row.Address));
            Field(status, "Action", "failed");
            Field(status, "Status", StatusOf(row));
            if (RemoteOf(row) is { } remote)
            {
                Field(status, "Remote-MTA", $"dns; {remote}");
            }

            if (row is { LastReplyCode: { } code, LastReply: var reply })
            {
                Field(status, "Diagnostic-Code", string.Create(CultureInfo.InvariantCulture, $"smtp; {code} {reply}"));
            }

            Field(status, "Last-Attempt-Date", Date(row.UpdatedAt));
        }

        return Encoding.ASCII.GetBytes(status.ToString());
    }

    /// <summary>Enhanced status code (RFC 3463) of why a recipient was not reached.</summary>
    public static string StatusOf(RecipientRow row) =>
        row switch
        {
            { State: RecipientState.Unconfirmed } => "4.4.2",
            { LastReply: { } reply, LastReplyCode: null or >= 500 }
                when Enhanced().Match(reply) is { Success: true } own => own.Value,
            { LastReplyCode: >= 500 } => "5.0.0",
            { Reason: MxReasons.NullMx } => "5.1.10", // RFC 7505 section 4
            { Reason: MxReasons.NoSuchDomain } => "5.1.2",
            { Reason: MxReasons.NoMailHost or MxReasons.BadMx } => "5.4.4",
            { Reason: RouteReasons.RuleReject } => "5.7.1",
            { Reason: RouteReasons.PolicyFailed or RouteReasons.RuleRequireTls } => "5.7.10", // encryption needed
            _ => "4.4.7",
        };

    private static string? RemoteOf(RecipientRow row) =>
        row.Receipt is { } receipt && JsonSerializer.Deserialize<JsonElement>(receipt) is var json
            ? json.GetProperty("host").GetString()
            : null;

    // RFC 6533 section 3: addresses beyond ASCII, in a form that needs no SMTPUTF8.
    private static string Recipient(string address) =>
        Ascii.IsValid(address)
            ? $"rfc822; {address}"
            : $"utf-8; {string.Concat(address.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : $"\\x{{{rune.Value:X}}}"))}";

    private static void Field(StringBuilder status, string name, string value)
    {
        var shown = value.Select(c => c is >= ' ' and <= '~' ? c : '?').ToArray();
        status.Append(name).Append(": ").Append(shown).Append("\r\n");
    }

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^5\.\d{1,3}\.\d{1,3}(?= |$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Enhanced();
}
