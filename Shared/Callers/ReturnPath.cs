namespace TlsOrLink.Callers;

/// <summary>Where a person goes after signing in: a path of this app, never another site. Pure.</summary>
internal static class ReturnPath
{
    /// <summary>Where nothing else was asked for.</summary>
    public const string Default = "/check";

    private const int MaxLength = 1000;

    /// <summary>The path (with query) where it is local; else <see cref="Default"/>.</summary>
    public static string Of(string? wished) => wished is not null && IsLocal(wished) ? wished : Default;

    // A second slash or a backslash makes browsers read a host; tabs and line ends are dropped by them before that.
    private static bool IsLocal(string path) =>
        path.Length is > 0 and <= MaxLength
        && path[0] == '/'
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.All(c => c is > ' ' and < '\u007f')
        && !path.StartsWith("/sign", StringComparison.OrdinalIgnoreCase);
}
