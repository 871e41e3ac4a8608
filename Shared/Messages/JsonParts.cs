using TlsOrLink.Messages.Json;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>A text or a file of a request that is given in fields, already staged as base64 lines.</summary>
internal sealed record JsonPart(StagedSection Content, string Sha256)
{
    public string Name { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string ContentId { get; init; } = "";
    public bool IsInline { get; init; }

    /// <summary>Character set of a text as given; null for UTF-8.</summary>
    public string? Charset { get; init; }
}

/// <summary>Reads the long strings of a JSON request into sections while they arrive.</summary>
internal sealed class JsonParts(JsonScanner scanner, StagedContent content)
{
    private readonly TextSample sample = new();

    /// <summary>The start of each text, to guess the language from.</summary>
    public string Sample => sample.Text;

    /// <summary>Reads a body text; its line ends become CRLF.</summary>
    public async ValueTask<JsonPart> TextAsync(CancellationToken cancellation)
    {
        var lines = new CrLf();
        return await ReadAsync(piece => lines.Next(sample.Add(piece).Span), cancellation);
    }

    /// <summary>Reads the content of a file, which is base64.</summary>
    public async ValueTask<JsonPart> Base64Async(CancellationToken cancellation)
    {
        var base64 = new Base64Input();
        var part = await ReadAsync(
            piece => base64.TryDecode(piece.Span, out var decoded) ? decoded : throw NotBase64(),
            cancellation
        );
        return base64.IsWhole ? part : throw NotBase64();
    }

    private async ValueTask<JsonPart> ReadAsync(
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> convert,
        CancellationToken cancellation
    )
    {
        using var staging = new PartStaging(content);
        await scanner.CopyTextAsync(piece => staging.WriteAsync(convert(piece), cancellation), cancellation);
        return await staging.EndAsync(cancellation);
    }

    private IntakeRefusal NotBase64() =>
        scanner.Fault("Not base64 (RFC 4648 section 4): A-Z a-z 0-9 + / and padding with = to a multiple of 4.");
}
