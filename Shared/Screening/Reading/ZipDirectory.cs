using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>One entry of a ZIP.</summary>
/// <param name="Name">As it stands there, decoded.</param>
/// <param name="Encrypted">It has the encryption flag (APPNOTE.TXT 4.4.4, bit 0).</param>
/// <param name="Method">0 stored, 8 deflated; others are not read.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Header">Offset of its local header.</param>
internal sealed record ZipEntry(string Name, bool Encrypted, int Method, long Packed, long Header);

/// <summary>The directory of a ZIP in memory (APPNOTE.TXT 4.3.12), read entry by entry: what a directory says of its own size is not believed.</summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const int LocatorBytes = 20;

    /// <summary>The entries.</summary>
    /// <exception cref="InvalidDataException">There is no directory, or it makes no sense from some entry on.</exception>
    public static IEnumerable<ZipEntry> Entries(ReadOnlyMemory<byte> zip)
    {
        var (at, end) = Directory(zip.Span);
        while (at < end)
        {
            yield return Next(zip.Span[..end], ref at);
        }
    }

    /// <summary>Inflates an entry; the stream ends where the archive does.</summary>
    /// <exception cref="InvalidDataException">Its local header is nowhere, or its method is not read.</exception>
    public static Stream Open(ReadOnlyMemory<byte> zip, ZipEntry entry)
    {
        if (entry.Header + LocalBytes > zip.Length || entry.Packed > zip.Length)
        {
            throw new InvalidDataException("The entry lies outside the archive.");
        }

        var local = zip.Span[(int)entry.Header..];
        if (!local.StartsWith("PK\u0003\u0004"u8))
        {
            throw new InvalidDataException("The entry has no local header.");
        }

        var start = entry.Header + LocalBytes + U16(local[26..]) + U16(local[28..]);
        var length = Math.Min(entry.Packed, zip.Length - start);
        if (length < 0)
        {
            throw new InvalidDataException("The entry lies outside the archive.");
        }

        var bytes = BinaryData.FromBytes(zip.Slice((int)start, (int)length)).ToStream();
        return entry.Method switch
        {
            0 => bytes,
            8 => new DeflateStream(bytes, CompressionMode.Decompress),
            _ => throw new InvalidDataException("The entry is packed by a method that is not read."),
        };
    }

    private static (int Begin, int End) Directory(ReadOnlySpan<byte> zip)
    {
        var tail = Math.Max(0, zip.Length - EndBytes - ushort.MaxValue);
        var end = zip[tail..].LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail + end + EndBytes > zip.Length)
        {
            throw new InvalidDataException("The archive has no directory.");
        }

        end += tail;
        ulong size = U32(zip[(end + 12)..]);
        if (end >= LocatorBytes && zip[(end - LocatorBytes)..].StartsWith("PK\u0006\u0007"u8))
        {
            // Of an archive in the form Zip64 (4.3.14, 4.3.15).
            end = zip[..end].LastIndexOf("PK\u0006\u0006"u8);
            size = end >= 0 ? BinaryPrimitives.ReadUInt64LittleEndian(zip[(end + 40)..]) : 0;
        }

        // Data may stand before the archive: the directory ends where its end record begins.
        return end >= 0 && size <= (ulong)end
            ? (end - (int)size, end)
            : throw new InvalidDataException("The directory is elsewhere.");
    }

    private static ZipEntry Next(ReadOnlySpan<byte> zip, ref int at)
    {
        var head = zip[at..];
        if (head.Length < EntryBytes || !head.StartsWith("PK\u0001\u0002"u8))
        {
            throw new InvalidDataException("The directory has something else than an entry.");
        }

        var (nameBytes, rest) = (U16(head[28..]), U16(head[30..]) + U16(head[32..]));
        if (head.Length < EntryBytes + nameBytes)
        {
            throw new InvalidDataException("The directory ends within an entry.");
        }

        at += EntryBytes + nameBytes + rest;
        var flags = U16(head[8..]);
        var name = head.Slice(EntryBytes, nameBytes);
        var encoding = PlainText.EncodingOf(name) ?? Encoding.Latin1;
        return new ZipEntry(
            encoding.GetString(name),
            (flags & 1) != 0,
            U16(head[10..]),
            U32(head[20..]),
            U32(head[42..])
        );
    }

    private static int U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
