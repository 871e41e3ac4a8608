using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Functions.Http;

/// <summary>Reads small request bodies whole.</summary>
internal static class BoundedBody
{
    /// <summary>The body; null where it is larger than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellation
    )
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (kept.Length + read > maxBytes)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }
}
