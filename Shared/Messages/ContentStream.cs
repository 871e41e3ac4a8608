using Azure;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// A blob that is read: storage that goes away in the middle is a <see cref="TransientFault"/>, as is another run that writes the same
/// blob again (its ETag changes).
/// </summary>
internal sealed class ContentStream(Stream blob) : SeekableStream
{
    public override long Length => blob.Length;

    public override long Position
    {
        get => blob.Position;
        set => blob.Position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await blob.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (FaultOf(error, cancellationToken) is { } fault)
        {
            throw new TransientFault(fault);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return blob.Read(buffer, offset, count);
        }
        catch (Exception error) when (FaultOf(error, CancellationToken.None) is { } fault)
        {
            throw new TransientFault(fault);
        }
    }

    private static string? FaultOf(Exception error, CancellationToken cancellation) =>
        error is RequestFailedException { Status: 412 } ? "The content was written again while it was read."
        : StorageFaultPolicy.IsAway(error, cancellation) ? "Blob storage went away while a message was read."
        : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            blob.Dispose();
        }

        base.Dispose(disposing);
    }
}
