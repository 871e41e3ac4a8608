using Microsoft.Extensions.Options;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Screening;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// Writes a message that was read, in an order in which a crash between any two writes leaves nothing that a reader could take for a
/// message: the row <c>m</c> decides, and comes last. What a crash leaves behind is found by its <c>open</c> due row.
/// </summary>
internal sealed class IntakeWriter(
    MessageTable messages,
    IndexTable index,
    DueTable due,
    IntakeScreen screen,
    UploadClaims uploads,
    IOptions<StorageOptions> options
)
{
    /// <summary>Keeps the message; from then on it is never lost.</summary>
    /// <returns><see cref="Stored"/>, or an <see cref="IntakeProblem"/> where the key was used for another request.</returns>
    /// <exception cref="Faults.TransientFault">Storage is away: nothing that a reader can see was kept.</exception>
    public async Task<IntakeOutcome> WriteAsync(Intake intake, CancellationToken cancellation)
    {
        if (intake.Content.Uploads.Count == 0)
        {
            return await WriteContentAsync(intake, cancellation);
        }

        // What it refers to is gone once it was taken.
        if (intake.HasIdempotencyKey && await messages.FindAsync(intake.Id, cancellation) is { } winner)
        {
            return Again(intake, winner);
        }

        var outcome = await WriteReferringAsync(intake, cancellation);
        if (outcome is Stored { IsNew: true })
        {
            await uploads.FinishAsync(intake, cancellation);
        }
        else
        {
            await uploads.GiveBackAsync(intake, cancellation);
        }

        return outcome;
    }

    private async Task<IntakeOutcome> WriteReferringAsync(Intake intake, CancellationToken cancellation)
    {
        try
        {
            // Before the copies: they are found by it after a crash.
            await due.InsertAsync(OpenOf(intake), cancellation);
            return await uploads.TakeAsync(intake, cancellation) is { } problem
                ? await LoseUploadsAsync(intake, problem, cancellation)
                : await WriteContentAsync(intake, cancellation);
        }
        catch (Faults.TransientFault)
        {
            await uploads.GiveBackAsync(intake, cancellation);
            throw;
        }
    }

    /// <summary>Another request with the same key may have come first and have taken the uploads with it.</summary>
    private async Task<IntakeOutcome> LoseUploadsAsync(
        Intake intake,
        IntakeProblem problem,
        CancellationToken cancellation
    ) =>
        intake.HasIdempotencyKey && await messages.FindAsync(intake.Id, cancellation) is { } winner
            ? Again(intake, winner)
            : problem;

    private static Due OpenOf(Intake intake) =>
        new(DueKinds.Open, intake.CreatedAt, intake.Id, intake.Id, intake.Attempt);

    private async Task<IntakeOutcome> WriteContentAsync(Intake intake, CancellationToken cancellation)
    {
        var plan = await screen.PlanAsync(intake, cancellation);
        var early = await screen.ScreenHeldAsync(plan, intake, cancellation);
        if (early is { IsRejected: true })
        {
            return await RejectAsync(intake, early, cancellation);
        }

        await due.InsertAsync(OpenOf(intake), cancellation);
        await intake.Content.CommitAsync(cancellation);
        var screened = early ?? await screen.ScreenStoredAsync(plan, intake, cancellation);
        if (screened.IsRejected)
        {
            await intake.Content.DeleteAsync(cancellation);
            if (!intake.HasIdempotencyKey)
            {
                // With a key the row may be that of an attempt that won: the sweep removes what nobody needs.
                await due.DeleteAsync(DueKinds.Open, intake.CreatedAt, intake.Id, cancellation);
            }

            return await RejectAsync(intake, screened, cancellation);
        }

        intake = IntakeScreen.Apply(intake, screened);
        var (message, recipients) = IntakeRows.Of(intake);
        var outcome = await WriteRowsAsync(intake, message, recipients, cancellation);
        Telemetry.Measures.Messages.Add(outcome == WriteOutcome.Done ? 1 : 0);
        return outcome == WriteOutcome.Done
            ? new Stored(message, IsNew: true) { Recipients = recipients }
            : await LoseAsync(intake, message, recipients, cancellation);
    }

    private bool FitIntoOneBatch(MessageRow message, IReadOnlyList<RecipientRow> recipients) =>
        recipients.Count + message.LargestSize <= options.Value.RowsPerBatch;

    /// <summary>Refuses the message, unless it was taken before under its key: then the rules have changed since.</summary>
    private async Task<IntakeOutcome> RejectAsync(Intake intake, Screened screened, CancellationToken cancellation) =>
        intake.HasIdempotencyKey && await messages.FindAsync(intake.Id, cancellation) is { } winner
            ? Again(intake, winner)
            : IntakeScreen.Refusal(screened);

    private async Task<WriteOutcome> WriteRowsAsync(
        Intake intake,
        MessageRow message,
        IReadOnlyList<RecipientRow> recipients,
        CancellationToken cancellation
    )
    {
        if (FitIntoOneBatch(message, recipients))
        {
            await index.WriteAsync(intake, cancellation);
            return await messages.AddAsync([.. recipients, message], cancellation);
        }

        await messages.PutAsync([.. recipients], cancellation);
        await index.WriteAsync(intake, cancellation);
        return await messages.AddAsync([message], cancellation);
    }

    /// <summary>Another attempt came first, or this one did and its answer was lost on the way.</summary>
    private async Task<IntakeOutcome> LoseAsync(
        Intake intake,
        MessageRow lost,
        IReadOnlyList<RecipientRow> recipients,
        CancellationToken cancellation
    )
    {
        var winner =
            await messages.FindAsync(intake.Id, cancellation)
            ?? throw new Faults.TransientFault("The message that came first is gone again.");
        if (string.Equals(winner.Attempt, intake.Attempt, StringComparison.Ordinal))
        {
            return new Stored(winner, IsNew: true);
        }

        await intake.Content.DeleteAsync(cancellation);
        if (!FitIntoOneBatch(lost, recipients))
        {
            await messages.DeleteAsync(intake.Id, recipients.Select(row => row.Entity.RowKey), cancellation);
        }

        await index.DeleteLoserAsync(intake, winner, cancellation);
        if (!string.Equals(Keys.Hour(winner.CreatedAt), Keys.Hour(intake.CreatedAt), StringComparison.Ordinal))
        {
            // In the winner's hour the row is the winner's too.
            await due.DeleteAsync(DueKinds.Open, intake.CreatedAt, intake.Id, cancellation);
        }

        return Again(intake, winner);
    }

    private static IntakeOutcome Again(Intake intake, MessageRow winner) =>
        string.Equals(winner.BodyHash, intake.BodyHash, StringComparison.Ordinal)
            ? new Stored(winner, IsNew: false)
            : new IntakeProblem(
                409,
                "idempotency-conflict",
                "This Idempotency-Key was used for another message. Send the same body again, or take a new key."
            );
}
