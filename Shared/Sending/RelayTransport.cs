using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>
/// By a smart host (RFC 6409): TLS required, certificate verified, then AUTH. What it does with the mail is its promise: by REQUIRETLS on
/// the message, or by the operator's word.
/// </summary>
internal sealed partial class RelayTransport(
    ISmtpConnector connector,
    MxLookup mx,
    IOptions<RelayOptions> relay,
    IOptions<SmtpOptions> smtp,
    IOptions<DeliveryOptions> delivery,
    TimeProvider clock,
    ILogger<RelayTransport> logger
) : IAttestingTransport
{
    private const int TlsPort = 465;
    private volatile Promise? _last;

    private sealed record Promise(TlsLevel? Level, DateTimeOffset Until);

    /// <inheritdoc/>
    public async Task<TlsLevel?> FindPromiseAsync(CancellationToken cancellation)
    {
        if (relay.Value.OnwardTls)
        {
            return TlsLevel.Verified;
        }

        var now = clock.GetUtcNow();
        if (_last is { } last && now < last.Until)
        {
            return last.Level;
        }

        var opening = await ConnectAsync(cancellation);
        TlsLevel? level = null;
        if (opening is Opening.Ready ready)
        {
            level = Promises(ready.Session.Features) ? TlsLevel.Verified : null;
            await ready.Session.DisposeAsync();
        }

        _last = new Promise(level, now + relay.Value.PromiseLife);
        return level;
    }

    /// <inheritdoc/>
    public async Task<Opening> OpenAsync(
        MailDomain domain,
        RoutePlan plan,
        IReadOnlySet<string> tried,
        CancellationToken cancellation
    )
    {
        if (tried.Contains(relay.Value.Host!))
        {
            return new Opening.Unreachable(SendingReasons.Deferred);
        }

        var opening = await ConnectAsync(cancellation);
        if (opening is not Opening.Ready ready || plan.Route != Route.Tls || Promises(ready.Session.Features))
        {
            return opening;
        }

        await ready.Session.DisposeAsync();
        _last = null;
        return new Opening.Shortfall(RouteReasons.NotObservable);
    }

    private bool Promises(SmtpFeatures features) =>
        relay.Value.OnwardTls || (features.RequireTls && delivery.Value.UseRequireTls);

    private async Task<Opening> ConnectAsync(CancellationToken cancellation)
    {
        var (host, port) = (relay.Value.Host!, relay.Value.Port);
        var name = DnsName.TryParse(host, out var parsed) ? parsed : default;
        var addresses = await mx.FindAddressesAsync(new MxHost(name, 0), cancellation);
        var target = new SmtpTarget(name.Value, addresses.Records)
        {
            Port = port,
            TlsFromStart = relay.Value.TlsFromStart ?? port == TlsPort,
            IsOurs = true,
        };
        var outcome = await connector.ConnectAsync(
            target,
            SmtpSecurity.Required,
            smtp.Value.ConnectDeadline,
            cancellation
        );
        return outcome is ConnectOutcome.Secured(var session)
            ? await TrustedAsync(session, cancellation)
            : Failed(outcome.Failure);
    }

    /// <summary>Before anything is said that is not for everybody: the certificate.</summary>
    private async Task<Opening> TrustedAsync(ISmtpSession session, CancellationToken cancellation)
    {
        var kept = false;
        try
        {
            if (session.Tls is not { Certificate: { Errors.Count: 0 } certificate } facts)
            {
                LogFailed(session.Tls is { Certificate.Errors: [var error, ..] } ? error : null);
                return new Opening.Unreachable(SendingReasons.RelayUntrusted);
            }

            if (
                relay.Value is { User: { Length: > 0 } user, Secret: { } secret }
                && await session.AuthenticateAsync(user, secret, cancellation) is not { IsPositive: true }
            )
            {
                return Failed("auth-refused");
            }

            kept = true;
            var evidence = new HostEvidence(session.Host, 0, TlsLevel.Verified, RouteReasons.Attested)
            {
                Address = session.Address.ToString(),
                TlsVersion = facts.Version,
                CipherSuite = facts.CipherSuite,
                Certificate = certificate,
                RequireTls = session.Features.RequireTls,
                MaxBytes = session.Features.MaxBytes,
            };
            return new Opening.Ready(session, evidence) { IsAttested = true };
        }
        finally
        {
            if (!kept)
            {
                await session.DisposeAsync();
            }
        }
    }

    private Opening.Unreachable Failed(string? reason)
    {
        LogFailed(reason);
        return new Opening.Unreachable(SendingReasons.RelayFailed);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The relay cannot be used: {Reason}. Mail waits; check Relay:Host, its certificate, Relay:User and Relay:Secret"
    )]
    private partial void LogFailed(string? reason);
}
