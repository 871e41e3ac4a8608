using System.Globalization;

namespace TlsOrLink.Callers;

/// <summary>How a caller's messages are held at least, as configured.</summary>
/// <param name="Minutes">Time between intake and delivery; 0 for none.</param>
/// <param name="Manual">Until the caller releases them.</param>
/// <param name="Approvers">Names, one of whom must approve; null where no approval is asked for, empty for every approver of the sender.</param>
internal sealed record CallerHold(int Minutes, bool Manual, IReadOnlyList<string>? Approvers)
{
    /// <summary>Stands for every approver of the sender.</summary>
    public const string AnyApprover = "*";

    private const string ManualWord = "manual";
    private const int MaxMinutes = 90 * 24 * 60;

    /// <summary>Nothing is held.</summary>
    public static CallerHold None { get; } = new(0, Manual: false, Approvers: null);

    /// <summary>The hold of a caller as configured.</summary>
    public static CallerHold Of(CallerSettings settings) =>
        new(
            MinutesOf(settings.Hold) ?? 0,
            IsManual(settings.Hold),
            settings.Approvers.Count == 0 ? null
                : settings.Approvers.Contains(AnyApprover, StringComparer.Ordinal) ? []
                : settings.Approvers
        );

    /// <summary>The setting <c>Callers:n:Hold</c> is one that we understand.</summary>
    public static bool IsValid(string? hold) =>
        string.IsNullOrEmpty(hold) || IsManual(hold) || MinutesOf(hold) is not null;

    private static bool IsManual(string? hold) => string.Equals(hold, ManualWord, StringComparison.OrdinalIgnoreCase);

    private static int? MinutesOf(string? hold) =>
        int.TryParse(hold, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        && minutes is >= 1 and <= MaxMinutes
            ? minutes
            : null;
}
