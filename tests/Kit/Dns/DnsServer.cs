using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>A question that somebody asked.</summary>
/// <param name="Name">Lower case, without the last dot.</param>
public sealed record AskedName(string Name, string Type);

/// <summary>
/// unbound as a validating resolver over zones of the test's own, on UDP and TCP. Nothing leaves the machine: what is in
/// no zone does not exist.
/// </summary>
public sealed partial class DnsServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Zone> _zones = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);
    private readonly UnboundConfiguration _configuration;
    private readonly UnboundControl _control;
    private readonly ZoneSigner _signer;
    private readonly Child _child;
    private readonly BrokenServers _broken;
    private int _markers;

    private DnsServer(TempFolder folder, int port, UnboundConfiguration configuration, BrokenServers broken)
    {
        _broken = broken;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
        _signer = new ZoneSigner(folder);
        _configuration = configuration;
        _control = new UnboundControl(configuration.Socket);
        _child = Child.Start(
            "unbound",
            ["unbound", "-d", "-p", "-c", configuration.File],
            folder: configuration.Folder
        );
    }

    public IPEndPoint EndPoint { get; }

    public static async Task<DnsServer> StartAsync(TempFolder folder)
    {
        var (port, broken) = (Loopback.FreePort(), new BrokenServers());
        var configuration = new UnboundConfiguration(folder, port, broken);
        await configuration.WriteAsync([], []);
        var server = new DnsServer(folder, port, configuration, broken);
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Adds or replaces zones; from then on nothing is answered from a cache of earlier answers.</summary>
    public async Task SetAsync(params IReadOnlyCollection<Zone> zones)
    {
        await _one.WaitAsync();
        try
        {
            foreach (var zone in zones)
            {
                _zones[zone.Name] = zone;
            }

            var signed = await Task.WhenAll(_zones.Values.Where(z => z.IsSigned).Select(_signer.SignAsync));
            if (await _configuration.WriteAsync([.. _zones.Values], signed))
            {
                await _control.SendAsync("reload");
            }
            else
            {
                foreach (var name in zones.Where(z => z.IsSigned).Select(z => z.Name).Append("."))
                {
                    await _control.SendAsync($"auth_zone_reload {name}");
                }

                await _control.SendAsync("flush_zone .");
                await _control.SendAsync("flush_infra all");
            }

            await ReadyAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Every question asked so far, in order, what the answer came from notwithstanding.</summary>
    public async Task<IReadOnlyList<AskedName>> GetQuestionsAsync()
    {
        await ReadyAsync();
        return
        [
            .. _child
                .Output.Lines.Select(l => Question().Match(l))
                .Where(m => m.Success)
                .Select(m => new AskedName(m.Groups["name"].Value.ToLowerInvariant(), m.Groups["type"].Value))
                .Where(q => !q.Name.EndsWith(Marker.Suffix, StringComparison.Ordinal)),
        ];
    }

    public ValueTask DisposeAsync()
    {
        _one.Dispose();
        _broken.Dispose();
        return _child.DisposeAsync();
    }

    /// <summary>Asks for a name of its own and waits until the log has it: everything before is in the log then.</summary>
    private async Task ReadyAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _markers)}{Marker.Suffix}");
        using var asked = new CancellationTokenSource();
        var asking = Marker.AskUntilAsync(EndPoint, name, asked.Token);
        await _child.WaitForLineAsync(l => l.Contains($" {name}. ", StringComparison.Ordinal));
        await asked.CancelAsync();
        await asking;
    }

    [GeneratedRegex(@"info: \S+ (?<name>\S+)\. (?<type>\S+) IN$", RegexOptions.ExplicitCapture)]
    private static partial Regex Question();
}
