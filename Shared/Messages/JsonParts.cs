using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Messages.Json;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>A text or a file of a JSON request, already staged as base64 lines.</summary>
internal sealed record JsonPart(StagedSection Content, string Sha256)
{
    public string Name { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string ContentId { get; init; } = "";
    public bool IsInline { get; init; }
}

/// <summary>Reads the long strings of a JSON request into sections while they arrive.</summary>
internal sealed class JsonParts(JsonScanner scanner, StagedContent content)
{
    private const int SampleBytes = 8192;
    private readonly StringBuilder sample = new();

    /// <summary>The start of each text, to guess the language from.</summary>
    public string Sample => sample.ToString();

    /// <summary>Reads a body text; its line ends become CRLF.</summary>
    public async ValueTask<JsonPart> TextAsync(CancellationToken cancellation)
    {
        var lines = new CrLf();
        return await ReadAsync(
            piece =>
            {
                if (sample.Length < SampleBytes)
                {
                    sample.Append(Encoding.UTF8.GetString(piece.Span[..Math.Min(piece.Length, SampleBytes)]));
                }

                return lines.Next(piece.Span);
            },
            cancellation
        );
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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var section = content.Append();
        var lines = new Base64Lines(section);
        await scanner.CopyTextAsync(
            async piece =>
            {
                var converted = convert(piece);
                hash.AppendData(converted.Span);
                await lines.WriteAsync(converted, cancellation);
            },
            cancellation
        );
        await lines.EndAsync(cancellation);
        await content.CloseAsync(section, cancellation);
        return new JsonPart(section, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private IntakeRefusal NotBase64() =>
        scanner.Fault("Not base64 (RFC 4648 section 4): A-Z a-z 0-9 + / and padding with = to a multiple of 4.");
}
