using System.Buffers;
using System.Net.Http.Headers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TlsOrLink.Messages;

/// <summary>
/// A blob that is read piece by piece, the first piece when it is opened: a small message takes one request, where the client's own stream
/// asks for the properties first. All pieces are of one version; where the blob was written again, reading ends with status 412.
/// </summary>
internal sealed class PiecewiseBlob : SeekableStream
{
    private const int NothingInRange = 416;
    private readonly BlobBaseClient blob;
    private readonly int pieceBytes;
    private byte[] piece = [];
    private long pieceStart;
    private int pieceLength;
    private long length;
    private ETag? version;

    private PiecewiseBlob(BlobBaseClient blob, int pieceBytes) => (this.blob, this.pieceBytes) = (blob, pieceBytes);

    public override long Length => length;

    /// <summary>Opens the blob and reads its first piece.</summary>
    /// <exception cref="RequestFailedException">404: there is none.</exception>
    public static async Task<PiecewiseBlob> OpenAsync(
        BlobBaseClient blob,
        int pieceBytes,
        CancellationToken cancellation
    )
    {
        var stream = new PiecewiseBlob(blob, pieceBytes);
        try
        {
            await stream.LoadAsync(cancellation);
            return stream;
        }
        catch (RequestFailedException empty) when (empty.Status == NothingInRange)
        {
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Holds && Position < length)
        {
            await LoadAsync(cancellationToken);
        }

        return Give(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!Holds && Position < length)
        {
            using var answer = blob.DownloadStreaming(Next()).Value;
            var target = Accept(answer.Details);
            answer.Content.ReadExactly(target.Span);
            pieceLength = target.Length;
        }

        return Give(buffer.AsSpan(offset, count));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
            length = 0;
        }

        base.Dispose(disposing);
    }

    private bool Holds => Position >= pieceStart && Position < pieceStart + pieceLength;

    private async Task LoadAsync(CancellationToken cancellation)
    {
        using var answer = (await blob.DownloadStreamingAsync(Next(), cancellation)).Value;
        var target = Accept(answer.Details);
        await answer.Content.ReadExactlyAsync(target, cancellation);
        pieceLength = target.Length;
    }

    private BlobDownloadOptions Next() =>
        new()
        {
            Range = new HttpRange(Position, pieceBytes),
            Conditions = version is { } same ? new BlobRequestConditions { IfMatch = same } : null,
        };

    /// <summary>Where the piece goes that is on its way. Only once it has come whole it is held: what was there before is of somebody else.</summary>
    private Memory<byte> Accept(BlobDownloadDetails details)
    {
        Forget();
        version ??= details.ETag;
        length = ContentRangeHeaderValue.Parse(details.ContentRange).Length!.Value;
        pieceStart = Position;
        var bytes = (int)details.ContentLength;
        piece = ArrayPool<byte>.Shared.Rent(bytes);
        return piece.AsMemory(0, bytes);
    }

    private int Give(Span<byte> buffer)
    {
        if (!Holds)
        {
            return 0;
        }

        var left = piece.AsSpan((int)(Position - pieceStart), (int)(pieceStart + pieceLength - Position));
        var take = Math.Min(left.Length, buffer.Length);
        left[..take].CopyTo(buffer);
        Position += take;
        return take;
    }

    private void Forget()
    {
        if (piece.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        (piece, pieceLength) = ([], 0);
    }
}
