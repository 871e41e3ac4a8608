namespace TlsOrLink.Callers;

/// <summary>What a caller's settings make stricter of its links.</summary>
/// <param name="ArePaged">They lead to pages.</param>
/// <param name="AreSameHost">Their files come from the link's own host.</param>
internal sealed record CallerLinks(bool ArePaged, bool AreSameHost)
{
    private const string PageWord = "page";
    private const string SameHostWord = "same-host";

    /// <summary>Nothing.</summary>
    public static CallerLinks AsOthers { get; } = new(ArePaged: false, AreSameHost: false);

    /// <summary>As configured.</summary>
    public static CallerLinks Of(CallerSettings settings) =>
        new(Is(settings.LinkMode, PageWord), Is(settings.LinkBytes, SameHostWord));

    /// <summary>The setting <c>Callers:n:LinkMode</c> is one that we understand.</summary>
    public static bool IsValidMode(string? mode) => string.IsNullOrEmpty(mode) || Is(mode, PageWord);

    /// <summary>The setting <c>Callers:n:LinkBytes</c> is one that we understand.</summary>
    public static bool IsValidBytes(string? bytes) => string.IsNullOrEmpty(bytes) || Is(bytes, SameHostWord);

    private static bool Is(string? setting, string word) =>
        string.Equals(setting, word, StringComparison.OrdinalIgnoreCase);
}
