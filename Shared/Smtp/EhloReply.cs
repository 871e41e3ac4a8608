using System.Globalization;

namespace TlsOrLink.Smtp;

/// <summary>Reads the reply to EHLO (RFC 5321 section 4.1.1.1). Pure.</summary>
internal static class EhloReply
{
    /// <summary>What is offered over TLS. The first line is the server's name, whatever it says.</summary>
    public static SmtpFeatures Read(IReadOnlyList<string> lines)
    {
        var words = lines.Skip(1).Select(line => line.Trim().Split(' ')).ToList();
        var size = words.Find(Is("SIZE"));
        return new(
            words.Exists(Is("REQUIRETLS")),
            words.Exists(Is("SMTPUTF8")),
            words.Exists(Is("8BITMIME")),
            words.Exists(Is("PIPELINING")),
            size is not null,
            size is [_, var number, ..] ? Limit(number) : null
        )
        {
            Dsn = words.Exists(Is("DSN")),
            Auth = string.Join(' ', words.Find(Is("AUTH"))?.Skip(1) ?? []).ToUpperInvariant(),
        };
    }

    private static Predicate<string[]> Is(string keyword) =>
        line => line[0].Equals(keyword, StringComparison.OrdinalIgnoreCase);

    // No number, or 0, is no limit (RFC 1870 section 4).
    private static long? Limit(string number) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
            ? bytes
            : null;
}
