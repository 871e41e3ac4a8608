using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>Stages the bytes of one text or file as base64 lines, and hashes them.</summary>
internal sealed class PartStaging : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StagedContent content;
    private readonly StagedSection section;
    private readonly Base64Lines lines;

    public PartStaging(StagedContent content)
    {
        this.content = content;
        section = content.Append();
        lines = new Base64Lines(section);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        hash.AppendData(bytes.Span);
        return lines.WriteAsync(bytes, cancellation);
    }

    /// <summary>Ends it; once.</summary>
    public async Task<JsonPart> EndAsync(CancellationToken cancellation)
    {
        await lines.EndAsync(cancellation);
        await content.CloseAsync(section, cancellation);
        return new JsonPart(section, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose() => hash.Dispose();
}

/// <summary>The start of each text of a message, to guess its language from.</summary>
internal sealed class TextSample
{
    private const int MaxLength = 8192;
    private readonly StringBuilder text = new();

    public string Text => text.ToString();

    /// <summary>Keeps what is still wanted of a piece of UTF-8.</summary>
    /// <returns>The piece.</returns>
    public ReadOnlyMemory<byte> Add(ReadOnlyMemory<byte> piece)
    {
        if (text.Length < MaxLength)
        {
            text.Append(Encoding.UTF8.GetString(piece.Span[..Math.Min(piece.Length, MaxLength)]));
        }

        return piece;
    }
}
