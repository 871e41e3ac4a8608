namespace TlsOrLink.Embedded.Orchestrating;

internal static class Versions
{
    /// <summary>As the real engine compares: by number where both are numbers, else by text; none is oldest.</summary>
    public static int Compare(string? left, string? right) =>
        (string.IsNullOrWhiteSpace(left), string.IsNullOrWhiteSpace(right)) switch
        {
            (true, true) => 0,
            (true, false) => -1,
            (false, true) => 1,
            _ when Version.TryParse(left, out var l) && Version.TryParse(right, out var r) => l.CompareTo(r),
            _ => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
        };
}
