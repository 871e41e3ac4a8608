using System.Globalization;

namespace TlsOrLink.Messages;

/// <summary>What the operator asks of a caller's messages: the default of a request that says nothing, and the floor of one that does.</summary>
/// <param name="Floor">Null for no hold.</param>
/// <param name="NameOfApprover">The name of a configured approver, by name or address; null where there is none.</param>
internal sealed record HoldPolicy(HoldOrder? Floor, Func<string, string?> NameOfApprover)
{
    private const string HoldPath = "options.hold";
    private const string UntilPath = "options.holdUntil";
    private const string ApproversPath = "options.approvers";
    private static readonly TimeSpan MaxHold = TimeSpan.FromMinutes(JsonOptions.MaxHoldMinutes);

    /// <summary>No hold, and nobody approves.</summary>
    public static HoldPolicy None { get; } = new(null, _ => null);

    /// <summary>How a message is held for which <paramref name="asked"/> was asked at <paramref name="now"/>. Pure.</summary>
    /// <exception cref="IntakeRefusal">An option contradicts itself, names nobody, or is looser than the floor.</exception>
    public HoldOrder? Apply(HoldAsked? asked, DateTimeOffset now)
    {
        if (asked is null)
        {
            return Floor;
        }

        if (asked.Until is { } until && until <= now)
        {
            throw IntakeRefusal.At(
                UntilPath,
                "Lies in the past. Name a later moment, or leave it out to send at once."
            );
        }

        if (asked.Until > now + MaxHold)
        {
            throw IntakeRefusal.At(UntilPath, "Lies more than 90 days ahead. Name an earlier moment.");
        }

        RefuseLooser(asked, now);
        string[] approvers = [.. (asked.Approvers ?? []).Select(Approver).Distinct(StringComparer.Ordinal)];
        HoldOrder? order = asked switch
        {
            { Approvers.Count: > 0 } => HoldOrder.Approval(approvers),
            { Manual: true } => HoldOrder.Manual,
            { Until: not null } => new HoldOrder(HoldKind.Until),
            { Minutes: > 0 } => new HoldOrder(HoldKind.Time),
            _ => null,
        };
        return HoldOrder.Combine(
            Floor,
            order is null ? null : order with { Wait = TimeSpan.FromMinutes(asked.Minutes ?? 0), Until = asked.Until }
        );
    }

    private void RefuseLooser(HoldAsked asked, DateTimeOffset now)
    {
        if (Floor is null)
        {
            return;
        }

        var hasTime = asked.Minutes is not null || asked.Until is not null;
        var path = asked.Minutes is not null ? HoldPath : UntilPath;
        if (hasTime && Floor.Kind == HoldKind.Manual && asked.Approvers is not { Count: > 0 })
        {
            throw IntakeRefusal.BelowFloor(path, "manual");
        }

        if (asked.Minutes is { } minutes && TimeSpan.FromMinutes(minutes) < Floor.Wait)
        {
            throw IntakeRefusal.BelowFloor(HoldPath, Minutes(Floor.Wait));
        }

        if (asked.Until is { } until && until < now + Floor.Wait)
        {
            throw IntakeRefusal.BelowFloor(UntilPath, $"{Minutes(Floor.Wait)} after intake");
        }

        if (Floor.Kind == HoldKind.Approval && asked.Approvers is { Count: 0 })
        {
            throw IntakeRefusal.BelowFloor(ApproversPath, "an approval");
        }

        if (
            Floor.Approvers.Count > 0
            && asked.Approvers?.Any(name => !Floor.Approvers.Contains(Approver(name), StringComparer.Ordinal)) == true
        )
        {
            throw IntakeRefusal.BelowFloor(ApproversPath, string.Join(", ", Floor.Approvers));
        }
    }

    private string Approver(string given) =>
        NameOfApprover(given)
        ?? throw IntakeRefusal.At(
            ApproversPath,
            "Names somebody who is no approver here. Give the name or address of a configured approver (Approvers:n)."
        );

    private static string Minutes(TimeSpan wait) =>
        string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0.##} minutes");
}
