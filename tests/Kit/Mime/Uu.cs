using System.Text;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>uuencode as POSIX.1 has it.</summary>
internal static class Uu
{
    public static string Encode(byte[] content, string name)
    {
        var text = new StringBuilder($"begin 644 {name}\n");
        foreach (var line in content.Chunk(45))
        {
            text.Append(Character(line.Length));
            foreach (var three in line.Chunk(3))
            {
                var bits = (three[0] << 16) | (At(three, 1) << 8) | At(three, 2);
                text.Append(Character(bits >> 18)).Append(Character(bits >> 12));
                text.Append(Character(bits >> 6)).Append(Character(bits));
            }

            text.Append('\n');
        }

        return text.Append("`\nend\n").ToString();
    }

    private static int At(byte[] bytes, int index) => index < bytes.Length ? bytes[index] : 0;

    private static char Character(int bits) => (bits & 63) == 0 ? '`' : (char)((bits & 63) + ' ');
}
