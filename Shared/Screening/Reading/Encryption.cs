using System.Buffers.Binary;

namespace TlsOrLink.Screening.Reading;

/// <summary>Which files cannot be opened without a password. What cannot be told from the bytes at hand counts as not encrypted. Pure.</summary>
internal static class Encryption
{
    private const int MaxRarHeaders = 64;

    // 06 F1 07 01 is the method 7zAES (7-Zip, DOC/Methods.txt).
    private static ReadOnlySpan<byte> SevenZipAes => [0x06, 0xf1, 0x07, 0x01];

    private static ReadOnlySpan<byte> WordDocument => [0xec, 0xa5];

    private static ReadOnlySpan<byte> BeginOfSheets => [0x09, 0x08, 0x10, 0x00];

    private static ReadOnlySpan<byte> FilePass => [0x2f, 0x00];

    private static ReadOnlySpan<byte> EncryptedPackage => "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    /// <summary>The file is encrypted, or part of it is.</summary>
    /// <param name="kind">One of <see cref="FileKinds"/>; a ZIP is judged by its first entry here.</param>
    /// <param name="bytes">The file, or its begin.</param>
    public static bool Of(string kind, ReadOnlySpan<byte> bytes) =>
        kind switch
        {
            FileKinds.Zip => bytes.Length > 8 && bytes[2] == 3 && (bytes[6] & 1) != 0,
            FileKinds.SevenZip => OfSevenZip(bytes),
            FileKinds.Rar => OfRar(bytes),
            FileKinds.Pdf => OfPdf(bytes),
            FileKinds.Ole => OfOle(bytes),
            _ => false,
        };

    /// <summary>Where names are encrypted or headers are plain, the header at the end names the method; in a packed header it is not seen.</summary>
    private static bool OfSevenZip(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 32)
        {
            return false;
        }

        var offset = BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) + 32;
        return offset < (ulong)bytes.Length && bytes[(int)offset..].IndexOf(SevenZipAes) >= 0;
    }

    private static bool OfRar(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8 && (bytes[6] == 1 ? OfRar5(bytes[8..]) : OfRar4(bytes[7..]));

    /// <summary>Block: CRC 2, type 1, flags 2, size 2. Main header 0x73 with flag 0x80: headers encrypted. File 0x74 with flag 0x04: file encrypted.</summary>
    private static bool OfRar4(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < MaxRarHeaders && bytes.Length >= 11; i++)
        {
            var (type, flags) = (bytes[2], BinaryPrimitives.ReadUInt16LittleEndian(bytes[3..]));
            if ((type == 0x73 && (flags & 0x80) != 0) || (type == 0x74 && (flags & 4) != 0))
            {
                return true;
            }

            long size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[5..]);
            size += type == 0x74 || (flags & 0x8000) != 0 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[7..]) : 0;
            if (size < 7 || size >= bytes.Length)
            {
                return false;
            }

            bytes = bytes[(int)size..];
        }

        return false;
    }

    /// <summary>Block: CRC 4, then vints: header size, type, flags, extra size, data size. Type 4: headers encrypted. File (2) with extra record 1: file encrypted.</summary>
    private static bool OfRar5(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < MaxRarHeaders && bytes.Length > 7; i++)
        {
            var rest = bytes[4..];
            var size = (long)VInt(ref rest);
            var body = rest;
            var (type, flags) = (VInt(ref rest), VInt(ref rest));
            var extra = (flags & 1) != 0 ? (long)VInt(ref rest) : 0;
            var data = (flags & 2) != 0 ? (long)VInt(ref rest) : 0;
            if (type == 4)
            {
                return true;
            }

            if (size <= 0 || size > body.Length || extra < 0 || extra > size || data < 0)
            {
                return false;
            }

            if (type is 2 && HasRecord(body[(int)(size - extra)..(int)size], 1))
            {
                return true;
            }

            if (data >= body.Length - size)
            {
                return false;
            }

            bytes = body[(int)(size + data)..];
        }

        return false;
    }

    private static bool HasRecord(ReadOnlySpan<byte> extra, ulong wanted)
    {
        while (extra.Length > 1)
        {
            var size = VInt(ref extra);
            var record = extra;
            if (VInt(ref record) == wanted)
            {
                return true;
            }

            if (size == 0 || size >= (ulong)extra.Length)
            {
                return false;
            }

            extra = extra[(int)size..];
        }

        return false;
    }

    private static ulong VInt(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; bytes.Length > 0 && shift < 63; shift += 7)
        {
            var b = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                break;
            }
        }

        return value;
    }

    /// <summary>The trailer names the encryption dictionary (ISO 32000-1, 7.6.1); it is never encrypted or packed itself.</summary>
    private static bool OfPdf(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; rest.IndexOf("/Encrypt"u8) is var at and >= 0; )
        {
            rest = rest[(at + 8)..];
            if (rest.Length > 0 && rest[0] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)'<')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An encrypted Office file ([MS-OFFCRYPTO] 2.3), a Word document or an Excel workbook of before 2007 with a password.</summary>
    private static bool OfOle(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf(EncryptedPackage) >= 0)
        {
            return true;
        }

        // [MS-DOC] 2.5.2: wIdent A5EC at the begin of a sector; fEncrypted is bit 8 of the flags at offset 10.
        // [MS-XLS]: FILEPASS (2F 00) comes right after the BOF record (09 08 10 00), which is 16 bytes long.
        for (var at = 512; at + 28 <= bytes.Length; at += 512)
        {
            var sector = bytes[at..];
            if (
                (sector.StartsWith(WordDocument) && (sector[11] & 1) != 0)
                || (sector.StartsWith(BeginOfSheets) && sector[20..].StartsWith(FilePass))
            )
            {
                return true;
            }
        }

        return false;
    }
}
