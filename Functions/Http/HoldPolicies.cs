using TlsOrLink.Callers;
using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>The operator's policy on holding for the messages of one caller.</summary>
internal static class HoldPolicies
{
    public static HoldPolicy Of(Caller caller, ApproverDirectory approvers) =>
        new(FloorOf(caller.Hold), approvers.NameOf);

    private static HoldOrder? FloorOf(CallerHold hold)
    {
        var time = hold switch
        {
            { Manual: true } => HoldOrder.Manual,
            { Minutes: > 0 } => HoldOrder.For(TimeSpan.FromMinutes(hold.Minutes)),
            _ => null,
        };
        return HoldOrder.Combine(time, hold.Approvers is { } names ? HoldOrder.Approval(names) : null);
    }
}
