using System.Text;

namespace TlsOrLink.Tests.Unit.Screening;

public sealed class EncryptionTests
{
    public static TheoryData<string, byte[], bool> Table =>
        new()
        {
            { "a.zip", Files.Encrypted(Files.Zip(("a.txt", "x"))), true },
            { "a.zip", Files.Zip(("a.txt", "x")), false },
            { "b.zip", Files.Zip(("inner.zip", Files.Encrypted(Files.Zip(("a.txt", "x"))))), true },
            { "a.xlsx", Ole("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8), true },
            { "a.doc", Ole([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 1]), true },
            { "a.doc", Ole([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), false },
            { "a.xls", Ole([9, 8, 16, 0, .. new byte[16], 0x2f, 0, 0x36, 0]), true },
            { "a.xls", Ole([9, 8, 16, 0, .. new byte[16], 0xe1, 0, 2, 0]), false },
            { "a.pdf", Pdf("trailer << /Size 9 /Root 1 0 R /Encrypt 7 0 R >>"), true },
            { "a.pdf", Pdf("trailer << /Size 9 /Root 1 0 R >> % /EncryptMetadata"), false },
            { "a.7z", SevenZip([0x17, 6, 0xe0, 1, 9, 0x70, 0, 7, 0xb, 1, 0, 2, 0x24, 6, 0xf1, 7, 1]), true },
            { "a.7z", SevenZip([1, 4, 6, 0, 1, 9, 0x70]), false },
            {
                "a.rar",
                Rar5([
                    [4, 0, 0, 15],
                ]),
                true
            },
            {
                "a.rar",
                Rar5([
                    [1, 0, 0],
                    [2, 1, 3, 0, 0, 0, 2, 1, 0],
                ]),
                true
            },
            {
                "a.rar",
                Rar5([
                    [1, 0, 0],
                    [2, 1, 3, 0, 0, 0, 2, 3, 0],
                ]),
                false
            },
            { "a.rar", Rar4([0, 0, 0x73, 0x80, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0]), true },
            { "a.rar", Rar4([0, 0, 0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x74, 4, 0, 32, 0, 0, 0, 0, 0]), true },
            { "a.rar", Rar4([0, 0, 0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x74, 0, 0, 32, 0, 0, 0, 0, 0]), false },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_file_that_needs_a_password_is_known(string name, byte[] bytes, bool encrypted) =>
        Sample.OfFile(name, bytes).Files.Any(file => file.Encrypted).ShouldBe(encrypted);

    [Fact]
    public void An_encrypted_zip_of_any_size_is_known()
    {
        var zip = Files.Encrypted(
            Files.Zip(("a.bin", System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 17)))
        );
        var file = Sample.OfFile("a.zip", zip, new() { MaxFileBytes = 1 << 16 }).Files.Single();
        (file.Encrypted, file.NotRead, file.Bytes).ShouldBe((true, true, zip.Length));
    }

    private static byte[] Ole(ReadOnlySpan<byte> second)
    {
        var bytes = new byte[1024];
        new byte[] { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 }.CopyTo(bytes, 0);
        second.CopyTo(bytes.AsSpan(512));
        return bytes;
    }

    private static byte[] Pdf(string end) => Encoding.ASCII.GetBytes($"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n{end}\n%%EOF");

    private static byte[] SevenZip(byte[] header) =>
        [
            0x37,
            0x7a,
            0xbc,
            0xaf,
            0x27,
            0x1c,
            0,
            4,
            0,
            0,
            0,
            0,
            4,
            .. new byte[7],
            (byte)header.Length,
            .. new byte[11],
            1,
            2,
            3,
            4,
            .. header,
        ];

    private static byte[] Rar5(byte[][] blocks) =>
        [
            .. "Rar!\u001a\u0007\u0001\0"u8,
            .. blocks.SelectMany(block => (byte[])[0, 0, 0, 0, (byte)block.Length, .. block]),
        ];

    private static byte[] Rar4(byte[] blocks) => [.. "Rar!\u001a\u0007\0"u8, .. blocks, .. new byte[40]];
}
