using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Smtp;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Probing;

/// <summary>
/// Whether our own port 25 is shut, as it is in many clouds. Only the canary hosts say so: a recipient's domain that is down says nothing
/// about us.
/// </summary>
internal sealed partial class Egress(
    IResolver resolver,
    SmtpDialler dialler,
    IOptions<ProbingOptions> options,
    TimeProvider clock,
    ILogger<Egress> logger
) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Finding? _last;

    private sealed record Finding(bool Blocked, DateTimeOffset Until);

    /// <summary>The last look, still believed, found it shut.</summary>
    public bool IsKnownBlocked => _last is { Blocked: true } last && clock.GetUtcNow() < last.Until;

    /// <summary>Looks, unless a look is still believed. Always false without canaries.</summary>
    public async Task<bool> IsBlockedAsync()
    {
        if (options.Value.Canaries.Count == 0)
        {
            return false;
        }

        await _one.WaitAsync();
        try
        {
            if (_last is { } last && clock.GetUtcNow() < last.Until)
            {
                return last.Blocked;
            }

            var reached = await Task.WhenAll(options.Value.Canaries.Select(IsReachableAsync));
            var blocked = Array.TrueForAll(reached, one => !one);
            _last = new Finding(blocked, clock.GetUtcNow() + options.Value.CanaryLife);
            Measures.EgressBlocked.Set(blocked ? 1 : 0);
            if (blocked)
            {
                LogBlocked(reached.Length);
            }

            return blocked;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>A name that does not resolve shows nothing of port 25: such a canary counts as reachable.</summary>
    private async Task<bool> IsReachableAsync(string canary)
    {
        using var deadline = new CancellationTokenSource(options.Value.CanaryDeadline, clock);
        IReadOnlyList<IPAddress> addresses;
        try
        {
            var name = DnsName.TryParse(canary, out var parsed) ? parsed : default;
            addresses = (await resolver.FindAddressesAsync(name, deadline.Token)).Records;
        }
        catch (OperationCanceledException)
        {
            return true;
        }

        if (addresses.Count == 0)
        {
            return true;
        }

        var dialled = await dialler.DialAsync(addresses, deadline.Token);
        dialled.Socket?.Dispose();
        dialled.Place?.Dispose();
        return dialled.Socket is not null || dialled.Failure is SmtpReasons.Busy;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Port 25 is shut for this app: none of {Count} canary hosts can be reached. Open it, or set a relay (README, Deploy it)."
    )]
    private partial void LogBlocked(int count);
}
