using TlsOrLink.Screening;

namespace TlsOrLink.Messages;

/// <summary>Holds the message rules against a message that was read and is not written yet.</summary>
internal sealed class IntakeScreen(MessageScreen screen, MessageBlobs blobs)
{
    private const int UnprocessableContent = 422;

    /// <summary>Which rules could meet the message.</summary>
    /// <exception cref="Faults.TransientFault">The rules cannot be read: nothing may be taken without them.</exception>
    public Task<ScreeningPlan> PlanAsync(Intake intake, CancellationToken cancellation) =>
        screen.PlanAsync(
            new Outline(
                intake.Sender,
                [.. intake.Recipients.Select(recipient => recipient.Domain).Distinct()],
                intake.Visible,
                intake.MayHaveFiles
            ),
            cancellation
        );

    /// <summary>Judges before anything is stored; null where the message has to be read back for it.</summary>
    public async Task<Screened?> ScreenHeldAsync(ScreeningPlan plan, Intake intake, CancellationToken cancellation)
    {
        if (!plan.NeedsContent)
        {
            return await screen.ScreenAsync(plan, message: null, cancellation);
        }

        await using var held = intake.Content.OpenHeld();
        return held is null ? null : await screen.ScreenAsync(plan, held, cancellation);
    }

    /// <summary>Judges the blob that was written.</summary>
    public async Task<Screened> ScreenStoredAsync(ScreeningPlan plan, Intake intake, CancellationToken cancellation)
    {
        await using var stream = await blobs.OpenAsync(intake.Content.Blob, cancellation);
        return await screen.ScreenAsync(plan, stream, cancellation);
    }

    /// <summary>The message as the rules want it: they only tighten what policy and options say.</summary>
    public static Intake Apply(Intake intake, Screened screened) =>
        intake with
        {
            RuleHits = RuleHit.Write(screened.Hits),
            Hold = HoldOrder.Combine(
                intake.Hold,
                screened.NeedsApproval ? HoldOrder.Approval()
                    : screened.Holds ? HoldOrder.Manual
                    : null
            ),
            Options = screened.ForcesLink ? intake.Options with { Route = RouteOption.Link } : intake.Options,
        };

    /// <summary>422: the request is understood and allowed; this message in it is not.</summary>
    public static IntakeProblem Refusal(Screened screened)
    {
        var why = screened.Hits.First(hit => hit.Action == RuleAction.Reject);
        return new IntakeProblem(
            UnprocessableContent,
            "message-rejected",
            $"The rule {why.Rule} refuses this message. {HitTexts.Sentence(why, japanese: false)} "
                + "Change the message, or ask whoever keeps the rules; nothing of it was kept."
        )
        {
            Hits = screened.Hits,
        };
    }
}
