using System.Globalization;
using System.IO.Compression;
using TlsOrLink.Faults;

namespace TlsOrLink.Links;

/// <summary>All files of a link as one ZIP, written while storage is read: nothing is held or kept.</summary>
internal sealed class ZipDownloads(FileSource source)
{
    /// <summary>Together; more would be cut by the platform's front end.</summary>
    public const long MaxBytes = FileSource.MaxBytesThroughUs;

    /// <summary>There is something to put together, and it fits.</summary>
    public static bool Offers(LinkRow row) => row.Files.Count > 1 && row.Files.Sum(file => file.Bytes) < MaxBytes;

    /// <summary>
    /// Writes the archive: stored, not compressed (most files are compressed already, and a phone has other things to do), names in UTF-8 with the
    /// flag that says so (APPNOTE 4.4.4 bit 11), equal names numbered.
    /// </summary>
    /// <exception cref="TransientFault">Storage is away, a file is gone, or it is read for an hour: the archive is cut off and no reader takes it for whole.</exception>
    public async Task WriteAsync(LinkRow row, Stream output, CancellationToken cancellation)
    {
        var until = source.Until;
        await using var late = new LateWrites(output);
        await using (
            var archive = await ZipArchive.CreateAsync(
                late,
                ZipArchiveMode.Create,
                leaveOpen: true,
                entryNameEncoding: null,
                cancellation
            )
        )
        {
            foreach (var (file, name) in row.Files.Zip(Names(row.Files)))
            {
                await AddAsync(archive, (file, name), row.CreatedAt, until, cancellation);
            }
        }

        await late.FlushAsync(cancellation);
    }

    private async Task AddAsync(
        ZipArchive archive,
        (LinkFile File, string Name) part,
        DateTimeOffset at,
        DateTimeOffset until,
        CancellationToken cancellation
    )
    {
        await using var content =
            await source.OpenAsync(part.File, until, cancellation)
            ?? throw new TransientFault("A file of the link is gone.");
        var entry = archive.CreateEntry(part.Name, CompressionLevel.NoCompression);
        entry.LastWriteTime = at;
        await using var into = await entry.OpenAsync(cancellation);
        await content.CopyToAsync(into, cancellation);
    }

    /// <summary>Names as they stand in the archive: safe in a folder, no two equal in any case. Pure.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<LinkFile> files)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        List<string> names = [];
        foreach (var wished in files.Select(file => ContentHeaders.SafeName(file.Name)))
        {
            var name = wished;
            for (var i = 2; !taken.Add(name); i++)
            {
                name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileNameWithoutExtension(wished)} ({i}){Path.GetExtension(wished)}"
                );
            }

            names.Add(name);
        }

        return names;
    }
}
