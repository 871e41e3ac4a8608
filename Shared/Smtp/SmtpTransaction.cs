using System.Buffers;

namespace TlsOrLink.Smtp;

/// <summary>One transaction on a connection, with account of how far it came.</summary>
internal sealed class SmtpTransaction(
    SmtpWire wire,
    SmtpFeatures features,
    SmtpOptions options,
    SmtpEnvelope envelope,
    CancellationToken cancellation
)
{
    private const int BlockBytes = 64 * 1024;
    private const int Batch = 100;
    private const int StartMailInput = 354;
    private const int ServiceClosing = 421;
    private const long BytesPerReply = 4 * 1024;
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);
    private readonly SmtpReply?[] _recipients = new SmtpReply?[envelope.Recipients.Count];
    private TransactionPhase _phase = TransactionPhase.Envelope;
    private SmtpReply? _sender;
    private SmtpReply? _data;

    public async Task<TransactionResult> RunAsync(
        Func<CancellationToken, Task<Stream>> content,
        Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData
    )
    {
        if (SmtpCommands.Unsupported(envelope, features) is { } missing)
        {
            return Result(missing, reusable: true);
        }

        wire.Allow(options.PeerBytes + (BytesPerReply * _recipients.Length));
        try
        {
            await AskAsync();
            var wanted =
                _recipients.Any(reply => reply is { IsPositive: true })
                && (beforeData is null || await beforeData(_recipients, cancellation));
            if (!wanted)
            {
                return await ResetAsync();
            }

            await using var body = await content(cancellation);
            _data = await CommandAsync("DATA\r\n"u8.ToArray());
            if (_data.Code != StartMailInput)
            {
                return await ResetAsync();
            }

            _phase = TransactionPhase.Data;
            await WriteAsync(body);
            _data = await wire.ReadReplyAsync(options.FinalReplyDeadline, cancellation);
            _phase = TransactionPhase.Replied;
            return Result(null, _data.Code != ServiceClosing);
        }
        catch (WireFault fault)
        {
            return await BrokenOffAsync(fault.Reason);
        }
    }

    private async Task AskAsync()
    {
        var notify = SmtpCommands.Notify(envelope, features);
        var commands = envelope.Recipients.Select(recipient => SmtpCommands.RcptTo(recipient, notify)).ToArray();
        var mail = SmtpCommands.MailFrom(envelope, features);
        if (!features.Pipelining)
        {
            _sender = await CommandAsync(mail);
            for (var i = 0; i < commands.Length && _sender.IsPositive; i++)
            {
                _recipients[i] = await CommandAsync(commands[i]);
            }

            return;
        }

        // RFC 2920: MAIL and RCPT may share a packet. Batches keep both sides from waiting on full buffers.
        for (var start = 0; start < commands.Length; start += Batch)
        {
            var batch = commands[start..Math.Min(commands.Length, start + Batch)];
            byte[][] packet = start == 0 ? [mail, .. batch] : batch;
            await wire.SendAsync(packet.SelectMany(line => line).ToArray(), options.ReplyDeadline, cancellation);
            _sender ??= await ReplyAsync();
            for (var i = 0; i < batch.Length; i++)
            {
                var reply = await ReplyAsync();
                _recipients[start + i] = _sender.IsPositive ? reply : null;
            }

            if (!_sender.IsPositive)
            {
                return;
            }
        }
    }

    private async Task<SmtpReply> CommandAsync(byte[] command)
    {
        await wire.SendAsync(command, options.ReplyDeadline, cancellation);
        return await ReplyAsync();
    }

    private Task<SmtpReply> ReplyAsync() => wire.ReadReplyAsync(options.ReplyDeadline, cancellation);

    private async Task WriteAsync(Stream body)
    {
        var encoder = new DataEncoder();
        var input = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var output = ArrayPool<byte>.Shared.Rent(DataEncoder.MaxLength(BlockBytes));
        try
        {
            int read;
            while ((read = await body.ReadAsync(input.AsMemory(0, BlockBytes), cancellation)) > 0)
            {
                var length = encoder.Encode(input.AsSpan(0, read), output);
                await wire.SendAsync(output.AsMemory(0, length), options.BlockDeadline, cancellation);
            }

            var end = encoder.Finish(output);
            _phase = TransactionPhase.Dot; // before it leaves: from here on nobody can tell
            await wire.SendAsync(output.AsMemory(0, end), options.BlockDeadline, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    /// <summary>A server that closes in the middle has often said why: worth a second's wait.</summary>
    private async Task<TransactionResult> BrokenOffAsync(string reason)
    {
        if (_phase == TransactionPhase.Data && reason is SmtpReasons.Dropped)
        {
            try
            {
                var word = await wire.ReadReplyAsync(LastWord, cancellation);
                if (!word.IsPositive)
                {
                    (_data, _phase) = (word, TransactionPhase.Replied);
                }
            }
            catch (WireFault)
            {
                // it said nothing: the reason stands
            }
        }

        return Result(reason, reusable: false);
    }

    private async Task<TransactionResult> ResetAsync()
    {
        var closing =
            _sender is { Code: ServiceClosing }
            || _data is { Code: ServiceClosing }
            || _recipients.Any(reply => reply is { Code: ServiceClosing });
        var reset = closing ? null : await CommandAsync("RSET\r\n"u8.ToArray());
        return Result(null, reset is { IsPositive: true });
    }

    private TransactionResult Result(string? fault, bool reusable) =>
        new(_phase, _recipients)
        {
            SenderReply = _sender,
            DataReply = _data is { Code: StartMailInput } ? null : _data,
            Fault = fault,
            Reusable = reusable,
        };
}
