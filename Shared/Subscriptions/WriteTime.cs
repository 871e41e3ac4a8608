using TlsOrLink.Storage;

namespace TlsOrLink.Subscriptions;

/// <summary>How long a write that has begun can be under way. Pure.</summary>
internal static class WriteTime
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(5);

    /// <summary>Longer than one batch, with all tries of it, can be on its way.</summary>
    public static TimeSpan Of(StorageOptions storage)
    {
        var longest = 2 * storage.Tries * (storage.TableTimeout + TimeSpan.FromSeconds(2));
        return longest > Least ? longest : Least;
    }
}
