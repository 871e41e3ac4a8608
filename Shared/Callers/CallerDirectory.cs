using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

/// <summary>The configured callers, found by their key.</summary>
internal sealed class CallerDirectory(IOptions<CallersOptions> options)
{
    private readonly (byte[] Hash, Caller Caller)[] callers =
    [
        .. options.Value.Callers.Select(settings => (Convert.FromHexString(settings.KeyHash), ToCaller(settings))),
    ];

    /// <summary>The caller whose key this is; null where there is none. Takes the same time wherever it stands in the list.</summary>
    public Caller? Find(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        Caller? found = null;
        foreach (var (known, caller) in callers)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? caller : found;
        }

        return found;
    }

    /// <summary>The caller of that name; null where there is none.</summary>
    public Caller? Named(string name) =>
        callers
            .Select(entry => entry.Caller)
            .FirstOrDefault(caller => string.Equals(caller.Name, name, StringComparison.Ordinal));

    /// <summary>The caller that is an Entra ID principal with one of <paramref name="names"/>; null where there is none.</summary>
    public Caller? FindPrincipal(IReadOnlyCollection<string> names) =>
        options
            .Value.Callers.Where(settings =>
                settings.Principal is { Length: > 0 } principal
                && names.Contains(principal, StringComparer.OrdinalIgnoreCase)
            )
            .Select(settings => Named(settings.Name))
            .FirstOrDefault();

    /// <summary>Hash of the caller's key; empty where it has none.</summary>
    public string KeyHashOf(string name) =>
        options
            .Value.Callers.Where(settings => string.Equals(settings.Name, name, StringComparison.Ordinal))
            .Select(settings => settings.KeyHash.ToLowerInvariant())
            .FirstOrDefault("");

    private static Caller ToCaller(CallerSettings settings) =>
        new(
            settings.Name,
            settings
                .Roles.Select(role => Enum.Parse<CallerRoles>(role, ignoreCase: true))
                .Aggregate(CallerRoles.None, (all, role) => all | role),
            [.. settings.Senders.Select(SenderPattern.Parse).OfType<SenderPattern>()]
        )
        {
            Hold = CallerHold.Of(settings),
            Links = CallerLinks.Of(settings),
        };
}
