using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;

namespace TlsOrLink.Scanning;

/// <summary>
/// clamd's <c>INSTREAM</c>: the message goes over in chunks, each behind its length of four octets (network order), an empty one ends it. clamd takes MIME
/// apart itself, so that one scan sees every attachment.
/// </summary>
internal sealed partial class ClamdScanner(
    MessageBlobs blobs,
    IOptions<ScanningOptions> options,
    TimeProvider clock,
    ILogger<ClamdScanner> logger
) : IScanner
{
    private const int ChunkBytes = 1 << 16;
    private const int MaxReplyBytes = 4096;
    private static readonly byte[] Command = "zINSTREAM\0"u8.ToArray();

    /// <inheritdoc/>
    public async Task<ScanFinding> ScanAsync(MessageRow message, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(message, cancellation);
        using var deadline = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return ClamdReply.FindingOf(await AskAsync(content, either.Token));
        }
        catch (Exception error) when (error is SocketException or IOException || IsLate(error, cancellation))
        {
            LogDown(message.Id, error.GetType().Name);
            return ScanFinding.Down;
        }
    }

    private static bool IsLate(Exception error, CancellationToken cancellation) =>
        error is OperationCanceledException && !cancellation.IsCancellationRequested;

    private async Task<string> AskAsync(Stream content, CancellationToken cancellation)
    {
        var address = ClamdAddress.Parse(options.Value.Clamd)!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        await using var stream = client.GetStream();
        try
        {
            await SendAsync(content, stream, cancellation);
        }
        catch (IOException)
        {
            // Past its size limit clamd answers and hangs up while we still write: the answer says so.
        }

        return await ReadAsync(stream, cancellation);
    }

    private static async Task SendAsync(Stream content, NetworkStream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(Command, cancellation);
        var chunk = new byte[sizeof(uint) + ChunkBytes];
        int read;
        do
        {
            read = await content.ReadAsync(chunk.AsMemory(sizeof(uint)), cancellation);
            BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)read);
            await stream.WriteAsync(chunk.AsMemory(0, sizeof(uint) + read), cancellation);
        } while (read > 0);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var reply = new byte[MaxReplyBytes];
        var length = 0;
        while (length < reply.Length && Array.IndexOf(reply, (byte)0, 0, length) < 0)
        {
            var read = await stream.ReadAsync(reply.AsMemory(length), cancellation);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return Encoding.UTF8.GetString(reply, 0, length).TrimEnd('\0', '\n');
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "clamd did not scan message {Id}: {Cause}")]
    private partial void LogDown(string id, string cause);
}
