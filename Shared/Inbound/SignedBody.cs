using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Messages;

namespace TlsOrLink.Inbound;

/// <summary>A request's body that is hashed while it is read, behind the timestamp that is signed with it.</summary>
/// <param name="body">Not disposed.</param>
/// <param name="timestamp">As the header has it.</param>
internal sealed class SignedBody(Stream body, string timestamp) : ReadOnlyStream
{
    private readonly IncrementalHash hash = Begin(timestamp);

    /// <summary>The signature is the key's, over timestamp and all that was read; once, after the end.</summary>
    public bool IsSigned(ECDsa key, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyHash(hash.GetHashAndReset(), signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // no DER sequence of two numbers
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = body.Read(buffer, offset, count);
        hash.AppendData(buffer, offset, read);
        return read;
    }

    private static IncrementalHash Begin(string timestamp)
    {
        var begun = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        begun.AppendData(Encoding.UTF8.GetBytes(timestamp));
        return begun;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
