using System.Collections.Concurrent;

namespace TlsOrLink.Links;

/// <summary>What is counted, each in a room of its own: one must not use up what another may, nor make it forget.</summary>
internal enum Counted
{
    /// <summary>Codes that are compared.</summary>
    Codes,

    /// <summary>The code that was counted last, typed again.</summary>
    SameCodes,

    /// <summary>One-time codes that are asked for.</summary>
    MailedCodes,

    /// <summary>Looks at a domain that are asked for.</summary>
    Rechecks,

    /// <summary>Fetches of a link's page.</summary>
    Opens,

    /// <summary>Requests to a webhook of ours that were refused, since nobody signed them.</summary>
    Unsigned,
}

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
    internal const int MaxClients = 50_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)>[] rooms =
    [
        .. Enum.GetValues<Counted>()
            .Select(_ => new ConcurrentDictionary<string, (DateTimeOffset, int)>(StringComparer.Ordinal)),
    ];

    /// <summary>Takes one.</summary>
    /// <param name="counted">What of.</param>
    /// <param name="client">Who takes it: a network address, or the id of a link.</param>
    /// <param name="most">Asked within <see cref="Window"/>.</param>
    /// <returns>False where the window is used up.</returns>
    public bool TryTake(Counted counted, string client, int most = Most)
    {
        var now = time.GetUtcNow();
        var clients = rooms[(int)counted];
        if (clients.Count >= MaxClients)
        {
            Forget(clients, now);
        }

        var taken = clients.AddOrUpdate(
            client,
            _ => (now, 1),
            (_, had) => now - had.Since >= Window ? (now, 1) : (had.Since, had.Count + 1)
        );
        return taken.Count <= most;
    }

    /// <summary>There is one left; nothing is taken.</summary>
    public bool Has(Counted counted, string client, int most = Most) =>
        !rooms[(int)counted].TryGetValue(client, out var had)
        || time.GetUtcNow() - had.Since >= Window
        || had.Count < most;

    private static void Forget(
        ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> clients,
        DateTimeOffset now
    )
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
