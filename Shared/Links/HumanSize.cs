using System.Globalization;

namespace TlsOrLink.Links;

/// <summary>Sizes for people, as file managers show them: 1 KB is 1,024 bytes, one decimal below 10.</summary>
internal static class HumanSize
{
    private static readonly string[] Units = ["KB", "MB", "GB", "TB"];

    /// <summary>Such as <c>512 B</c>, <c>1.4 MB</c>, <c>23 MB</c>.</summary>
    /// <param name="bytes">Zero or more.</param>
    public static string Of(long bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        var (size, unit) = (bytes / 1024.0, 0);
        while (Rounded(size) >= 1024 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Rounded(size):0.#} {Units[unit]}");
    }

    private static double Rounded(double size) => Math.Round(size, size < 10 ? 1 : 0, MidpointRounding.AwayFromZero);
}
