namespace TlsOrLink.Links;

/// <summary>How long a SAS lives; pure.</summary>
internal static class SasLife
{
    /// <summary>The shortest, for a person who comes back to the download bar.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(10);

    /// <summary>The longest, so that a revoked link is dead soon.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(60);

    private const double BytesPerSecond = 1_000_000 / 8.0;

    /// <summary>The instant at which a SAS for a file ends: its bytes at 1 Mbit/s, within the limits, never past the link's own end.</summary>
    /// <param name="bytes">Size of the file.</param>
    /// <param name="now">When it is issued; storage keeps whole seconds, which are rounded down.</param>
    /// <param name="linkExpiresAt">The end of the link, after <paramref name="now"/>.</param>
    public static DateTimeOffset EndOf(long bytes, DateTimeOffset now, DateTimeOffset linkExpiresAt)
    {
        var wanted = TimeSpan.FromSeconds(Math.Min(bytes / BytesPerSecond, Most.TotalSeconds));
        var end = now + (wanted < Least ? Least : wanted);
        return end < linkExpiresAt ? end : linkExpiresAt;
    }
}
