using System.Collections.Concurrent;

namespace TlsOrLink.Links;

/// <summary>
/// How many things that cost us something a network address may ask of the pages: a window of ten minutes. In this process; a client has as many
/// windows as there are instances, beside the limit of each link.
/// </summary>
internal sealed class ClientBudget(TimeProvider time)
{
    /// <summary>Asked within <see cref="Window"/>.</summary>
    public const int Most = 30;

    /// <summary>Length of a window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>More addresses than these at a time are an attack from many: the oldest windows are forgotten.</summary>
    private const int MaxClients = 50_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> clients = new(
        StringComparer.Ordinal
    );

    /// <summary>Takes one.</summary>
    /// <param name="client">Who asks, and for what.</param>
    /// <param name="most">Asked within <see cref="Window"/>.</param>
    /// <returns>False where the window is used up.</returns>
    public bool TryTake(string client, int most = Most)
    {
        var now = time.GetUtcNow();
        if (clients.Count >= MaxClients)
        {
            Forget(now);
        }

        var taken = clients.AddOrUpdate(
            client,
            _ => (now, 1),
            (_, had) => now - had.Since >= Window ? (now, 1) : (had.Since, had.Count + 1)
        );
        return taken.Count <= most;
    }

    /// <summary>There is one left; nothing is taken.</summary>
    public bool Has(string client, int most = Most) =>
        !clients.TryGetValue(client, out var had) || time.GetUtcNow() - had.Since >= Window || had.Count < most;

    private void Forget(DateTimeOffset now)
    {
        foreach (var (client, window) in clients)
        {
            if (now - window.Since >= Window)
            {
                clients.TryRemove(client, out _);
            }
        }

        if (clients.Count >= MaxClients)
        {
            clients.Clear();
        }
    }
}
