using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TlsOrLink.Functions.Middleware;

/// <summary>Reads the forms of our own pages, within limits.</summary>
internal static class SmallForms
{
    private const int MaxBytes = 4 << 20;

    private static readonly FormOptions Limits = new()
    {
        BufferBodyLengthLimit = MaxBytes,
        MultipartBodyLengthLimit = MaxBytes,
        MemoryBufferThreshold = MaxBytes, // no temporary files
        ValueLengthLimit = MaxBytes,
        ValueCountLimit = 32,
        MultipartHeadersCountLimit = 8,
    };

    /// <summary>The form; null where there is none or it is larger than any of ours.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > MaxBytes)
        {
            return null;
        }

        // Above, each value has its limit; here all of them together, said length or not.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            return await request.ReadFormAsync(Limits, cancellation);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return null; // over a limit, cut off, or not what its type says
        }
    }
}
