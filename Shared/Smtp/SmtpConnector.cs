using MailKit.Security;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Smtp;

/// <inheritdoc cref="ISmtpConnector"/>
internal sealed class SmtpConnector(
    IOptions<SmtpOptions> options,
    SmtpDialler dialler,
    AddressLimits limits,
    TrustAnchors trust,
    TimeProvider clock
) : ISmtpConnector
{
    private const int MaxAddresses = 5;

    /// <inheritdoc/>
    public async Task<ConnectOutcome> ConnectAsync(
        SmtpTarget target,
        SmtpSecurity security,
        TimeSpan deadline,
        CancellationToken cancellation
    )
    {
        using var timer = new CancellationTokenSource(deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var left = target.Addresses.Take(MaxAddresses).ToList();
        ConnectOutcome? outcome = null;
        do
        {
            var dialled = await dialler.DialAsync(left, both.Token);
            if (dialled is not { Socket: not null, Address: { } address })
            {
                cancellation.ThrowIfCancellationRequested();
                return outcome
                    ?? new ConnectOutcome.Unreachable(dialled.Failure ?? SmtpReasons.NoAddress, dialled.Address);
            }

            left.Remove(address);
            outcome = await TalkAsync(target, security, dialled, both.Token);
            cancellation.ThrowIfCancellationRequested();
            if (outcome is ConnectOutcome.NoTls && security == SmtpSecurity.WhenOffered)
            {
                (security, left) = (SmtpSecurity.None, [address]); // it answers, only not by TLS
                continue;
            }

            if (outcome is not (ConnectOutcome.Busy or ConnectOutcome.Unreachable))
            {
                return outcome;
            }
        } while (left.Count > 0 && !both.IsCancellationRequested);

        return outcome;
    }

    private async Task<ConnectOutcome> TalkAsync(
        SmtpTarget target,
        SmtpSecurity security,
        DialResult dialled,
        CancellationToken deadline
    )
    {
        var address = dialled.Address!;
        SmtpLine? line = new(target, address, dialled.Socket!, dialled.Place!, options.Value, trust, clock);
        try
        {
            await line.Client.ConnectAsync(line.Peer, target.Host, options.Value.Port, OptionsFor(security), deadline);
            if (Shortfall(line, security) is { } shortfall)
            {
                return shortfall;
            }

#pragma warning disable CA2000 // goes to the caller, and the line with it
            var session = new SmtpSession(line, options.Value);
#pragma warning restore CA2000
            line = null;
            return session.Tls is null ? new ConnectOutcome.InClear(session) : new ConnectOutcome.Secured(session);
        }
        catch (Exception error) when (ConnectJudge.IsOfThePeer(error))
        {
            return SlowDown(ConnectJudge.Judge(error, line!.Client, line.Peer, address));
        }
        finally
        {
            line?.Dispose();
        }
    }

    /// <summary>What is missing where MailKit is content.</summary>
    private ConnectOutcome? Shortfall(SmtpLine line, SmtpSecurity security)
    {
        if (line.Client.Tls is null)
        {
            return security == SmtpSecurity.Required
                ? new ConnectOutcome.NoTls(SmtpReasons.HandshakeFailed, line.Address)
                : null;
        }

        // MailKit went on with HELO and kept what was said in the clear.
        return line.Client.Conversation.FellBack
            ? SlowDown(ConnectJudge.EhloRefused(line.Client.Conversation.EhloCode, line.Address))
            : null;
    }

    private ConnectOutcome SlowDown(ConnectOutcome outcome)
    {
        if (outcome is ConnectOutcome.Busy busy)
        {
            limits.SlowDown(busy.Address);
        }

        return outcome;
    }

    private static SecureSocketOptions OptionsFor(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.Required => SecureSocketOptions.StartTls,
            SmtpSecurity.WhenOffered => SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.None,
        };
}
