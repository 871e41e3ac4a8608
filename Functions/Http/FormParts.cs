using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes <c>multipart/form-data</c> apart while it arrives; a part's header is bounded, its content passes through.</summary>
internal static class FormParts
{
    /// <summary>The parts in order.</summary>
    /// <exception cref="InvalidDataException">The body is no such form, or a part does not say what it is.</exception>
    /// <exception cref="IOException">The body ends within a part.</exception>
    public static async IAsyncEnumerable<FormPart> ReadAsync(
        string boundary,
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var reader = new MultipartReader(boundary, body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            yield return PartOf(section);
        }
    }

    private static FormPart PartOf(MultipartSection section)
    {
        if (
            !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new InvalidDataException("A part has no Content-Disposition: form-data.");
        }

        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return new FormPart(
            HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "",
            fileName.HasValue ? Unescaped(HeaderUtilities.RemoveQuotes(fileName).Value!) : null,
            section.ContentType,
            section.Headers is { } headers && headers.TryGetValue("Content-ID", out var id) ? id.ToString() : null,
            section.Body
        );
    }

    /// <summary>As browsers escape it (RFC 7578 section 4.2 and the HTML standard), and as quoted-string does.</summary>
    private static string Unescaped(string name) =>
        name.Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal);
}
