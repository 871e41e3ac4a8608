using System.Security.Cryptography;

namespace TlsOrLink.Embedded.Orchestrating;

internal static class NameGuid
{
    private static readonly byte[] s_namespace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(
        bigEndian: true
    );

    /// <summary>A version 5 GUID (RFC 9562 section 5.5): the same for the same name, in the real engine's namespace.</summary>
    public static Guid Create(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 9562 says SHA-1; nothing is secured by it
        SHA1.HashData([.. s_namespace, .. name], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
