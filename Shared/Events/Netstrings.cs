using System.Buffers.Text;
using System.Text;

namespace TlsOrLink.Events;

/// <summary>
/// Texts as bytes that only these texts give: each as a netstring, <c>{length in bytes}:{UTF-8},</c>. Easy to write in any language
/// (<c>docs/audit.md</c>).
/// </summary>
internal static class Netstrings
{
    public static byte[] Of(IEnumerable<string> texts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[11];
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Utf8Formatter.TryFormat(utf8.Length, length, out var digits);
            bytes.Write(length[..digits]);
            bytes.WriteByte((byte)':');
            bytes.Write(utf8);
            bytes.WriteByte((byte)',');
        }

        return bytes.ToArray();
    }
}
