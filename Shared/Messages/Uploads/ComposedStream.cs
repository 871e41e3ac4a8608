namespace TlsOrLink.Messages.Uploads;

/// <summary>
/// A message whose uploaded files are encoded while it is read. Seekable; holds a few lines of one file at a time, so its size does not matter.
/// </summary>
internal sealed class ComposedStream : SeekableStream
{
    private readonly Stream source;
    private readonly long begin;
    private readonly IReadOnlyList<Stream> files;
    private readonly List<Piece> pieces = [];
    private (int File, Base64View View)? current;

    /// <param name="source">The message's own blob; disposed with this.</param>
    /// <param name="begin">Where the message begins in it.</param>
    /// <param name="parts">Its uploaded files, in order.</param>
    /// <param name="files">The bytes of each, seekable; disposed with this.</param>
    public ComposedStream(Stream source, long begin, IReadOnlyList<UploadPart> parts, IReadOnlyList<Stream> files)
    {
        (this.source, this.begin, this.files, Parts) = (source, begin, files, parts);
        var at = 0L;
        for (var n = 0; n < parts.Count; n++)
        {
            Add(parts[n].At - at, at, file: -1);
            Add(Base64View.LengthOf(parts[n].Bytes), 0, n);
            at = parts[n].At;
        }

        Add(source.Length - begin - at, at, file: -1);
    }

    /// <summary>The uploaded files.</summary>
    public IReadOnlyList<UploadPart> Parts { get; }

    public override long Length => pieces.Count == 0 ? 0 : pieces[^1].Start + pieces[^1].Length;

    /// <summary>The message with its uploaded files empty, over the same blob: read one of the two at a time.</summary>
    public Stream WithoutUploads() => new ComposedStream(source, begin, [], []);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Locate(buffer.Length) is not var (from, length))
        {
            return 0;
        }

        return Moved(await from.ReadAsync(buffer[..length], cancellationToken));
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Locate(count) is var (from, length) ? Moved(from.Read(buffer, offset, length)) : 0;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            foreach (var file in files)
            {
                file.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Add(long length, long offset, int file)
    {
        if (length > 0)
        {
            pieces.Add(new Piece(Length, length, offset, file));
        }
    }

    /// <summary>The stream that has the next bytes, standing there, and how many of them are its.</summary>
    private (Stream From, int Length)? Locate(int wanted)
    {
        var piece = pieces.FindLast(piece => piece.Start <= Position);
        var left = piece is null ? 0 : piece.Start + piece.Length - Position;
        if (left <= 0 || wanted == 0)
        {
            return null;
        }

        var from = piece!.File < 0 ? source : ViewOf(piece.File);
        from.Position = Position - piece.Start + (piece.File < 0 ? begin + piece.Offset : 0);
        return (from, (int)Math.Min(left, wanted));
    }

    private Base64View ViewOf(int file)
    {
        if (current is not { } view || view.File != file)
        {
            // The view before it is left as it is: its file is closed with this.
            current = view = (file, new Base64View(files[file], Parts[file].Bytes));
        }

        return view.View;
    }

    private int Moved(int read)
    {
        Position += read;
        return read;
    }

    /// <param name="Start">In the whole.</param>
    /// <param name="Length">In the whole.</param>
    /// <param name="Offset">In the message's own blob, from where the message begins.</param>
    /// <param name="File">Number of the uploaded file; -1 for the message's own.</param>
    private sealed record Piece(long Start, long Length, long Offset, int File);
}
