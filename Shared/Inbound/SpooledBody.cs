using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Faults;

namespace TlsOrLink.Inbound;

/// <summary>
/// The body of a request from anybody, put aside on this machine until its signature, which covers all of it, is judged: storage is not touched before. What does not
/// fit into memory stands in a file without a name, encrypted with a key that nothing else knows.
/// </summary>
internal sealed class SpooledBody : IAsyncDisposable
{
    /// <summary>Bytes that are kept in memory.</summary>
    public const int MemoryBytes = 1 << 20;

    private readonly MemoryStream memory = new();
    private readonly Spools spools;
    private Aes? cipher;
    private FileStream? file;
    private long length;
    private long reserved;

    private SpooledBody(Spools spools) => this.spools = spools;

    /// <summary>SHA-256 of the timestamp and the body behind it: what the provider signs.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Reads a body to its end.</summary>
    /// <param name="body">Not disposed.</param>
    /// <param name="timestamp">As the header has it.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="spools">How much this process has put aside already.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>It; null where it is larger.</returns>
    /// <exception cref="InvalidDataException">It ends in its middle.</exception>
    /// <exception cref="TransientFault">Too much is put aside at this moment.</exception>
    public static async Task<SpooledBody?> ReadAsync(
        Stream body,
        string timestamp,
        long most,
        Spools spools,
        CancellationToken cancellation
    )
    {
        var spooled = new SpooledBody(spools);
        var isWhole = false;
        try
        {
            isWhole = await spooled.FillAsync(body, timestamp, most, cancellation);
            return isWhole ? spooled : null;
        }
        finally
        {
            if (!isWhole)
            {
                await spooled.DisposeAsync();
            }
        }
    }

    /// <summary>Reads it from its begin; once.</summary>
    public Stream Open()
    {
        memory.Position = 0;
        if (file is null)
        {
            return memory;
        }

        file.Position = 0;
        return new CryptoStream(file, cipher!.CreateDecryptor(), CryptoStreamMode.Read, leaveOpen: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await memory.DisposeAsync();
        if (file is not null)
        {
            await file.DisposeAsync();
            cipher!.Dispose();
        }

        spools.Release(reserved);
        reserved = 0;
    }

    private async Task<bool> FillAsync(Stream body, string timestamp, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        var buffer = new byte[1 << 16];
        CryptoStream? sealing = null;
        try
        {
            while (await ReadAsync(body, buffer, cancellation) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                if (length + read > most)
                {
                    return false;
                }

                sealing ??= length + read > MemoryBytes ? await SpillAsync(cancellation) : null;
                Reserve(sealing is null ? 0 : read);
                length += read;
                await (sealing ?? (Stream)memory).WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            await (sealing?.FlushFinalBlockAsync(cancellation) ?? default);
        }
        finally
        {
            await (sealing?.DisposeAsync() ?? default);
        }

        Hash = hash.GetHashAndReset();
        return true;
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (IOException broken)
        {
            throw new InvalidDataException("The body of a request ends in its middle.", broken);
        }
    }

    /// <summary>What is in memory goes to a file.</summary>
    private async Task<CryptoStream> SpillAsync(CancellationToken cancellation)
    {
        Reserve(length);
        cipher = Aes.Create();
        file = Unnamed();
        var sealing = new CryptoStream(file, cipher.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);
        memory.Position = 0;
        await memory.CopyToAsync(sealing, cancellation);
        memory.SetLength(0);
        return sealing;
    }

    private void Reserve(long bytes)
    {
        if (!spools.TryReserve(bytes))
        {
            throw new TransientFault("Too much mail comes in at this moment.");
        }

        reserved += bytes;
    }

    /// <summary>Where files can be used without their name (Linux), it goes at once: a killed process leaves nothing.</summary>
    private static FileStream Unnamed()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        var unnamed = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return unnamed;
    }
}
