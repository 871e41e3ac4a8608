using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Messages;

/// <summary>
/// The content of a message on its way into its blob. Sections are written in the order in which their bytes arrive and committed in
/// the order in which they belong; full blocks are staged, so that at most about two blocks are in memory. What is never committed
/// is never seen, and storage drops it after a week.
/// </summary>
/// <param name="blob">A name of its own for each attempt.</param>
internal sealed class StagedContent(BlockBlobClient blob)
{
    /// <summary>Size of a block: large enough for throughput, small enough for many requests at once.</summary>
    internal const int BlockBytes = 1 << 20;

    private readonly List<StagedSection> sections = [];
    private readonly List<StagedUpload> uploads = [];
    private int blocks;

    /// <summary>Name of the blob.</summary>
    public string Blob => blob.Name;

    /// <summary>Bytes over 127 were written (RFC 6152).</summary>
    public bool EightBit { get; set; }

    /// <summary>Size of the message: of all sections, and of the uploads once they are encoded.</summary>
    public long Bytes =>
        sections.Sum(section => section.Bytes) + uploads.Sum(upload => Base64View.LengthOf(upload.File.Bytes));

    /// <summary>Uploaded files that the message refers to; each stays a blob of its own.</summary>
    public IReadOnlyList<StagedUpload> Uploads => uploads;

    /// <summary>Opens a section at the end, of about <paramref name="expected"/> bytes (0: not known), so that memory is taken once.</summary>
    public StagedSection Append(long expected = 0)
    {
        var section = new StagedSection(StageAsync, expected);
        sections.Add(section);
        return section;
    }

    /// <summary>A section of text (ASCII or UTF-8) that has no place yet; <see cref="Arrange"/> gives it one.</summary>
    public StagedSection Literal(string text)
    {
        var section = new StagedSection(StageAsync);
        section.Hold(Encoding.UTF8.GetBytes(text));
        return section;
    }

    /// <summary>Marks the place of an uploaded file; <see cref="Arrange"/> gives it one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="target">Name of the blob that the message's copy of it will have.</param>
    public StagedSection Upload(UploadedFile file, string target)
    {
        var section = new StagedSection(StageAsync);
        uploads.Add(new StagedUpload(section, file, target));
        return section;
    }

    /// <summary>Takes the sections in this order; those not named are left out.</summary>
    public void Arrange(IEnumerable<StagedSection> order)
    {
        StagedSection[] arranged = [.. order];
        sections.Clear();
        sections.AddRange(arranged);
    }

    /// <summary>Ends a section: what it holds in memory is staged where all sections together would hold more than a block.</summary>
    public async Task CloseAsync(StagedSection section, CancellationToken cancellation)
    {
        if (sections.Sum(other => other.HeldBytes) > BlockBytes)
        {
            await section.FlushAsync(cancellation);
        }
    }

    /// <summary>Writes the blob: one request for a small message; else the rest of the blocks and their list.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await using var whole = OpenHeld();
        if (whole is not null)
        {
            await blob.UploadAsync(whole, cancellationToken: cancellation);
            return;
        }

        using var held = new MemoryStream();
        List<string> ids = [];
        held.Write(uploads.Count > 0 ? Composition.Write(Parts()) : []);
        foreach (var piece in sections.SelectMany(section => section.Pieces()))
        {
            if (piece.BlockId is { } id)
            {
                await StageHeldAsync(held, ids, cancellation);
                ids.Add(id);
            }
            else
            {
                held.Write(piece.Held.Span);
            }
        }

        if (ids.Count == 0)
        {
            held.Position = 0;
            await blob.UploadAsync(held, cancellationToken: cancellation);
            return;
        }

        await StageHeldAsync(held, ids, cancellation);
        await blob.CommitBlockListAsync(ids, cancellationToken: cancellation);
        blocks = 0;
    }

    /// <summary>Drops at once what was staged and not committed: an empty list replaces it and leaves an empty blob.</summary>
    public async Task DropBlocksAsync(CancellationToken cancellation)
    {
        if (blocks > 0)
        {
            await blob.CommitBlockListAsync([], cancellationToken: cancellation);
            blocks = 0;
        }
    }

    /// <summary>The whole message where all of it is in memory still; null where blocks were staged or files uploaded.</summary>
    public Stream? OpenHeld()
    {
        if (uploads.Count > 0)
        {
            return null;
        }

        var pieces = sections.SelectMany(section => section.Pieces()).ToList();
        return pieces.TrueForAll(piece => piece.BlockId is null) ? Joined(pieces) : null;
    }

    /// <summary>Deletes the blob if it was written.</summary>
    public Task DeleteAsync(CancellationToken cancellation) =>
        blob.DeleteIfExistsAsync(cancellationToken: cancellation);

    private List<UploadPart> Parts()
    {
        List<UploadPart> parts = [];
        var at = 0L;
        foreach (var section in sections)
        {
            if (uploads.Find(upload => upload.Place == section) is { } found)
            {
                parts.Add(new UploadPart(at, found.Blob, found.File.Bytes));
            }

            at += section.Bytes;
        }

        return parts;
    }

    /// <summary>One run of bytes, as a raw message is, is not copied.</summary>
    private static MemoryStream Joined(List<(string? BlockId, ReadOnlyMemory<byte> Held)> pieces)
    {
        if (pieces is [var one] && MemoryMarshal.TryGetArray(one.Held, out var bytes))
        {
            return new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        }

        var joined = new MemoryStream(pieces.Sum(piece => piece.Held.Length));
        pieces.ForEach(piece => joined.Write(piece.Held.Span));
        joined.Position = 0;
        return joined;
    }

    private async Task StageHeldAsync(MemoryStream held, List<string> ids, CancellationToken cancellation)
    {
        if (held.Length > 0)
        {
            ids.Add(await StageAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellation));
            held.SetLength(0);
        }
    }

    private async Task<string> StageAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        // Ids of one blob must have one length.
        var id = Convert.ToBase64String(
            Encoding.ASCII.GetBytes((blocks++).ToString("D6", CultureInfo.InvariantCulture))
        );
        using var stream = BinaryData.FromBytes(bytes).ToStream();
        await blob.StageBlockAsync(id, stream, cancellationToken: cancellation);
        return id;
    }
}

/// <summary>A file that was uploaded before, within a message.</summary>
/// <param name="Place">An empty section where it belongs.</param>
/// <param name="File">The upload.</param>
/// <param name="Blob">Name of the message's copy.</param>
internal sealed record StagedUpload(StagedSection Place, UploadedFile File, string Blob);
