using MimeKit;

namespace TlsOrLink.Inbound;

/// <summary>Parses mail of strangers: contents stay in the stream, and only so many parts are held in memory.</summary>
internal static class BoundedMail
{
    private const int MaxParts = 1000;

    /// <summary>The mail; null where it is none, or has too many parts. The stream stays open while it is used.</summary>
    public static async Task<MimeMessage?> LoadAsync(Stream stream, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
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
            return await parser.ParseMessageAsync(stop.Token);
        }
        catch (FormatException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
