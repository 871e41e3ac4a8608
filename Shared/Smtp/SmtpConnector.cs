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
    private const int ServiceReady = 220;

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
            var dialled = await dialler.DialAsync(left, both.Token, target);
            if (dialled is not { Socket: not null, Address: { } address })
            {
                cancellation.ThrowIfCancellationRequested();
                return outcome
                    ?? new ConnectOutcome.Unreachable(dialled.Failure ?? SmtpReasons.NoAddress, dialled.Address);
            }

            left.Remove(address);
            outcome = await TryAsync(target, security, dialled, both.Token);
            if (outcome.Failure is null)
            {
                return outcome; // it holds a session, which the caller is to dispose whatever else has happened
            }

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

    private async Task<ConnectOutcome> TryAsync(
        SmtpTarget target,
        SmtpSecurity security,
        DialResult dialled,
        CancellationToken deadline
    )
    {
        SmtpLine? line = new(target, dialled.Address!, dialled.Socket!, dialled.Place!, options.Value, trust, clock);
        try
        {
            var outcome = SlowDown(await TalkAsync(line, security, deadline));
            line = outcome.Failure is null ? null : line;
            return outcome;
        }
        catch (Exception error) when (ConnectJudge.IsOfThePeer(error))
        {
            return SlowDown(ConnectJudge.Broken(error, line!));
        }
        finally
        {
            line?.Dispose();
        }
    }

    private async Task<ConnectOutcome> TalkAsync(SmtpLine line, SmtpSecurity security, CancellationToken deadline)
    {
        if (line.Target.TlsFromStart)
        {
            return await TalkUnderTlsAsync(line, greets: true, deadline);
        }

        await line.Client.GreetAsync(line.Peer, line.Target.Host, options.Value.Port, deadline);
        if (security == SmtpSecurity.None || (security == SmtpSecurity.WhenOffered && !line.Client.OffersStartTls))
        {
            return new ConnectOutcome.InClear(NewSession(line, line.NewWire(), line.Client.Features));
        }

        if (!line.Client.OffersStartTls)
        {
            return ConnectJudge.NotOffered(line);
        }

        var code = await line.Client.AskStartTlsAsync(deadline);
        if (code != ServiceReady)
        {
            return ConnectJudge.StartTlsRefused(code, line);
        }

        return await TalkUnderTlsAsync(line, greets: false, deadline);
    }

    private async Task<ConnectOutcome> TalkUnderTlsAsync(SmtpLine line, bool greets, CancellationToken deadline)
    {
        await line.Tls.ShakeAsync(line.Peer, deadline);
        var wire = line.NewWire();
        if (greets && await wire.ReadReplyAsync(options.Value.ReplyDeadline, deadline) is { IsPositive: false } busy)
        {
            return new ConnectOutcome.Busy(SmtpReasons.BannerRefused, line.Address, busy.Code);
        }

        var ehlo = await wire.EhloAsync(options.Value.EhloName!, deadline);
        return ehlo.Reply.IsPositive
            ? new ConnectOutcome.Secured(NewSession(line, wire, EhloReply.Read(ehlo.Lines)))
            : ConnectJudge.EhloRefused(ehlo.Reply.Code, line);
    }

    private SmtpSession NewSession(SmtpLine line, SmtpWire wire, SmtpFeatures features) =>
        new(line, wire, features, options.Value, tooMuch: () => limits.SlowDown(line.Address));

    private ConnectOutcome SlowDown(ConnectOutcome outcome)
    {
        if (outcome is ConnectOutcome.Busy busy)
        {
            limits.SlowDown(busy.Address);
        }

        return outcome;
    }
}
