using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Smtp;

/// <summary>
/// Places for connections at each address: thousands of domains sit behind one provider. 421 and refusals halve the number for a while.
/// </summary>
internal sealed class AddressLimits(IOptions<SmtpOptions> options, TimeProvider clock)
{
    private const int Crowded = 10_000;
    private readonly ConcurrentDictionary<IPAddress, AddressGate> _gates = new();

    /// <summary>Addresses that are kept track of now: those in use or slowed down.</summary>
    public int Count => _gates.Count;

    /// <summary>Waits for a place; disposing the answer gives it back.</summary>
    public async Task<IDisposable> EnterAsync(IPAddress address, CancellationToken cancellation)
    {
        while (true)
        {
            var gate = _gates.GetOrAdd(address, static (_, make) => make(), NewGate);
            if (gate.TryEnter(out var turn))
            {
                await gate.WaitAsync(turn, cancellation);
                return new Place(this, address, gate);
            }

            Forget(address, gate);
        }
    }

    /// <summary>The address said that it is too much.</summary>
    public void SlowDown(IPAddress address)
    {
        if (_gates.TryGetValue(address, out var gate))
        {
            gate.SlowDown();
        }

        foreach (var (idle, other) in _gates.Count > Crowded ? _gates.ToArray() : [])
        {
            CloseIdle(idle, other);
        }
    }

    private AddressGate NewGate() => new(options.Value.ConnectionsPerAddress, options.Value.SlowDownFor, clock);

    private void CloseIdle(IPAddress address, AddressGate gate)
    {
        if (gate.TryClose())
        {
            Forget(address, gate);
        }
    }

    private void Forget(IPAddress address, AddressGate gate) => _gates.TryRemove(KeyValuePair.Create(address, gate));

    private sealed class Place(AddressLimits limits, IPAddress address, AddressGate gate) : IDisposable
    {
        private AddressGate? _gate = gate;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gate, null) is { } mine)
            {
                mine.Leave();
                limits.CloseIdle(address, mine);
            }
        }
    }
}
