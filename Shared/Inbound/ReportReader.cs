using MimeKit;

namespace TlsOrLink.Inbound;

/// <summary>Finds the machine part of a report (RFC 6522) in a raw mail. Reads little: a report is small, and anybody may write one.</summary>
internal static class ReportReader
{
    private const int MaxBytes = 1 << 20;
    private const int MaxParts = 50;
    private const int MaxStatusBytes = 1 << 16;

    /// <summary>What the report says; empty where the mail is no report of deliveries.</summary>
    public static async Task<IReadOnlyList<ReportedRecipient>> ReadAsync(Stream mail, CancellationToken cancellation)
    {
        var start = new byte[(int)Math.Min(MaxBytes, mail.Length)];
        var read = await mail.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        using var stream = new MemoryStream(start, 0, read);
        return
            Parse(stream) is { Body: Multipart report } message && report.ContentType.IsMimeType("multipart", "report")
            ? Read(report, message)
            : [];
    }

    private static IReadOnlyList<ReportedRecipient> Read(Multipart report, MimeMessage message)
    {
        using (message)
        {
            foreach (var part in report.OfType<MimePart>().Where(IsStatus))
            {
                using var content = new MemoryStream();
                part.Content?.DecodeTo(content);
                var bytes = content.GetBuffer().AsSpan(0, (int)Math.Min(content.Length, MaxStatusBytes));
                return StatusReport.Read(bytes);
            }
        }

        return [];
    }

    /// <summary>The type of a report's machine part.</summary>
    public static bool IsStatus(string mediaType) =>
        mediaType.StartsWith("message/delivery-status", StringComparison.OrdinalIgnoreCase)
        || mediaType.StartsWith("message/global-delivery-status", StringComparison.OrdinalIgnoreCase);

    private static bool IsStatus(MimePart part) => IsStatus(part.ContentType.MimeType);

    /// <summary>Null where it is no mail, or one of too many parts, each of which would take memory.</summary>
    private static MimeMessage? Parse(Stream stream)
    {
        using var stop = new CancellationTokenSource();
        var parts = 0;
        var parser = new MimeParser(stream, persistent: true);
        parser.MimeEntityBegin += (_, _) =>
        {
            if (++parts > MaxParts)
            {
                stop.Cancel();
            }
        };
        try
        {
            return parser.ParseMessage(stop.Token);
        }
        catch (Exception error) when (error is FormatException or OperationCanceledException)
        {
            return null;
        }
    }
}
