using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending.WebApi;

/// <summary>By SendGrid's Web API. Its evidence is what the account enforces: attested, never more.</summary>
internal sealed partial class SendGridTransport(
    SendGridApi api,
    IOptions<SendGridOptions> options,
    IOptions<SendingOptions> sending,
    TimeProvider clock,
    ILogger<SendGridTransport> logger
) : IAttestingTransport, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _large = new(SendGridSession.LargeAtOnce);
    private volatile Promise? _last;

    private sealed record Promise(TlsLevel? Level, DateTimeOffset Until);

    /// <inheritdoc/>
    public async Task<TlsLevel?> FindPromiseAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_last is { } last && now < last.Until)
        {
            return last.Level;
        }

        var enforced = await api.FindEnforcedTlsAsync(options.Value.ApiKey!, cancellation);
        if (enforced is not { IsEnough: true })
        {
            LogNotEnforced(enforced?.RequireTls, enforced?.RequireValidCert, enforced?.Version);
        }

        var level = enforced is { IsEnough: true } ? TlsLevel.Verified : (TlsLevel?)null;
        _last = new Promise(level, now + options.Value.PromiseLife);
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
        var host = options.Value.BaseUri.Host;
        var enforces = plan.Route == Route.Tls;
        if (tried.Contains(host))
        {
            return new Opening.Unreachable(SendingReasons.Deferred);
        }

        if (enforces && await FindPromiseAsync(cancellation) is null)
        {
            return new Opening.Shortfall(RouteReasons.NotObservable);
        }

        var level = enforces ? TlsLevel.Verified : TlsLevel.Unknown;
        var key = enforces ? options.Value.ApiKey : options.Value.NoticeApiKey ?? options.Value.ApiKey;
        return new Opening.Ready(
            new SendGridSession(api, key!, faithful: enforces, options.Value, _large),
            new HostEvidence(host, 0, level, RouteReasons.Attested)
        )
        {
            IsAttested = true,
            HandsOver = true,
        };
    }

    /// <summary>Reads at start what the account enforces, so that a wrong setting is in the log before the first mail.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        sending.Value.TlsTransport == TransportKind.SendGrid ? FindPromiseAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _large.Dispose();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "SendGrid's account does not enforce TLS (require_tls {Tls}, require_valid_cert {Certificate}, version {Version}): route tls is closed. Set all of them, the version to 1.2 or more"
    )]
    private partial void LogNotEnforced(bool? tls, bool? certificate, double? version);
}
