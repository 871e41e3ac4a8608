using System.Text;

namespace TlsOrLink.Inbound;

/// <summary>What happened to a recipient, as a mail server behind ours says it (RFC 3464 section 2.3.3).</summary>
internal enum ReportedAction
{
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// <summary>One recipient's group of a delivery status notification.</summary>
/// <param name="Action">What happened.</param>
/// <param name="Status">Such as <c>5.1.1</c> (RFC 3463); empty where none is given.</param>
/// <param name="Words">The server's words, without their type, on one line; empty where there are none.</param>
/// <param name="Recipients">Final and original recipient, without their types.</param>
internal sealed record ReportedRecipient(
    ReportedAction Action,
    string Status,
    string Words,
    IReadOnlyList<string> Recipients
);

/// <summary>The part <c>message/delivery-status</c> or <c>message/global-delivery-status</c> (RFC 3464 section 2, RFC 6533). Pure.</summary>
internal static class StatusReport
{
    private const int MaxWords = 512;
    private const int MaxGroups = 100;
    private static readonly string[] NameFields = ["Final-Recipient", "Original-Recipient"];

    /// <summary>The recipients that it tells of; groups that say no action are passed over.</summary>
    public static IReadOnlyList<ReportedRecipient> Read(ReadOnlySpan<byte> content)
    {
        List<ReportedRecipient> recipients = [];
        Dictionary<string, string> group = new(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var line in Encoding.UTF8.GetString(content).ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            if (line.Length == 0)
            {
                Close(group, recipients);
                last = "";
            }
            else if (line[0] is ' ' or '\t' && last.Length > 0)
            {
                // Longer ones are cut anyway, and lines that go on for ever cost their square.
                group[last] += group[last].Length < MaxWords ? " " + line.Trim() : "";
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                last = line[..colon].Trim();
                group[last] = line[(colon + 1)..].Trim();
            }

            if (recipients.Count == MaxGroups)
            {
                break;
            }
        }

        return recipients;
    }

    /// <summary>
    /// The group that counts for a recipient of ours. The reverse-path names one recipient, so what is said of it counts; where none is named as we know it (it was
    /// forwarded), a failure counts only if nobody was reached.
    /// </summary>
    public static ReportedRecipient? For(string address, IReadOnlyList<ReportedRecipient> recipients)
    {
        ReportedRecipient[] named =
        [
            .. recipients.Where(one => one.Recipients.Contains(address, StringComparer.OrdinalIgnoreCase)),
        ];
        IReadOnlyList<ReportedRecipient> of = named.Length > 0 ? named : recipients;
        return of.FirstOrDefault(one =>
                one.Action is ReportedAction.Delivered or ReportedAction.Relayed or ReportedAction.Expanded
            )
            ?? of.FirstOrDefault(one => one.Action == ReportedAction.Failed)
            ?? (of.Count > 0 ? of[0] : null);
    }

    private static void Close(Dictionary<string, string> group, List<ReportedRecipient> recipients)
    {
        if (
            group.TryGetValue("Action", out var word)
            && Enum.TryParse<ReportedAction>(word.Split(' ', '(')[0], ignoreCase: true, out var action)
            && Enum.IsDefined(action)
            && !char.IsAsciiDigit(word[0])
        )
        {
            var names = NameFields
                .Select(field => Decoded(group.GetValueOrDefault(field, "")))
                .Where(name => name.Length > 0);
            recipients.Add(
                new ReportedRecipient(
                    action,
                    StatusOf(group.GetValueOrDefault("Status", "")),
                    OneLine(Typed(group.GetValueOrDefault("Diagnostic-Code", ""))),
                    [.. names]
                )
            );
        }

        group.Clear();
    }

    private static string StatusOf(string text)
    {
        var status = text.Split(' ', '(')[0].Trim();
        return
            status.Split('.') is [['2' or '4' or '5'], var subject, var detail]
            && subject.Length is > 0 and <= 3
            && detail.Length is > 0 and <= 3
            && (subject + detail).All(char.IsAsciiDigit)
            ? status
            : "";
    }

    /// <summary>Behind the type, such as <c>rfc822;</c> or <c>smtp;</c>.</summary>
    private static string Typed(string value) => value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    /// <summary>An address; of type <c>utf-8</c> its escapes undone (RFC 6533 section 3).</summary>
    private static string Decoded(string value)
    {
        var text = Typed(value).TrimStart('<').TrimEnd('>');
        if (!value.StartsWith("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var decoded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text.AsSpan(i).StartsWith("\\x{") ? text.IndexOf('}', i) : -1;
            if (
                end > i
                && int.TryParse(
                    text.AsSpan(i + 3, end - i - 3),
                    System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var code
                )
                && Rune.IsValid(code)
            )
            {
                decoded.Append(new Rune(code));
                i = end;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > MaxWords ? line[..MaxWords] : line;
    }
}
