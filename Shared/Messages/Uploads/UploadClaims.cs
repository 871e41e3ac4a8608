using Azure;
using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>
/// Gives the uploads that a message refers to to this message alone: each is claimed by the ETag of its row, then copied. A claim of a message that
/// never came to be ends by itself.
/// </summary>
internal sealed partial class UploadClaims(
    UploadTable table,
    UploadBlobs blobs,
    MessageTable messages,
    TimeProvider clock,
    ILogger<UploadClaims> logger
)
{
    private const int Tries = 4;

    /// <summary>No request lasts longer.</summary>
    private static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(10);

    /// <summary>Claims and copies all. Whoever fails, here or later, calls <see cref="GiveBackAsync"/>.</summary>
    /// <returns>Null, or why the message cannot be taken.</returns>
    /// <exception cref="TransientFault">Storage is away, or another request has a claim that is not decided.</exception>
    public async Task<IntakeProblem?> TakeAsync(Intake intake, CancellationToken cancellation)
    {
        foreach (var part in intake.Content.Uploads)
        {
            if (await TakeAsync(intake, part, cancellation) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The message was taken: what was uploaded is not needed any more.</summary>
    public Task FinishAsync(Intake intake, CancellationToken cancellation) =>
        QuietlyAsync(intake, async part => await blobs.DeleteAsync(intake.Caller, part.File.Id, cancellation));

    /// <summary>The message was not taken: its copies go, and another message may refer to the uploads.</summary>
    public Task GiveBackAsync(Intake intake, CancellationToken cancellation) =>
        QuietlyAsync(
            intake,
            async part =>
            {
                // Storage may have kept the message though its answer was lost.
                if (
                    await messages.FindAsync(intake.Id, cancellation) is { } kept
                    && string.Equals(kept.Attempt, intake.Attempt, StringComparison.Ordinal)
                )
                {
                    return;
                }

                await blobs.DeleteCopyAsync(part.Blob, cancellation);
                await FreeAsync(intake, part.File.Id, cancellation);
            }
        );

    /// <summary>Another request with the same key may have it too, and may come to be the message: then it stays that message's.</summary>
    private async Task FreeAsync(Intake intake, string upload, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (
                await table.FindAsync(intake.Caller, upload, cancellation) is not { } row
                || !string.Equals(row.UsedBy, intake.Id, StringComparison.Ordinal)
                || await messages.FindAsync(intake.Id, cancellation) is not null
            )
            {
                return;
            }

            row.GiveBack(intake.Attempt);
            if (await table.UpdateAsync(row, cancellation) == WriteOutcome.Done)
            {
                return;
            }
        }
    }

    private async Task<IntakeProblem?> TakeAsync(Intake intake, StagedUpload part, CancellationToken cancellation)
    {
        var row = part.File.Row;
        for (var i = 0; i < Tries && row is not null; i++)
        {
            if (
                row.UsedBy is { } other
                && !string.Equals(other, intake.Id, StringComparison.Ordinal)
                && !await IsFreeAsync(other, row, cancellation)
            )
            {
                return Used;
            }

            row.Claim(intake.Id, intake.Attempt, clock.GetUtcNow());
            if (await table.UpdateAsync(row, cancellation) == WriteOutcome.Done)
            {
                return await blobs.CopyAsync(row, part.File.Found.ETag, part.Blob, cancellation) ? null : Changed;
            }

            row = await table.FindAsync(row.Caller, row.Id, cancellation);
        }

        return row is null ? Changed : throw new TransientFault("Many requests refer to one upload at a time.");
    }

    /// <summary>The message that has the claim never came to be, and will not any more.</summary>
    private async Task<bool> IsFreeAsync(string other, UploadRow row, CancellationToken cancellation) =>
        await messages.FindAsync(other, cancellation) is null
        && (
            row.UsedAt < clock.GetUtcNow() - ClaimLife
                ? true
                : throw new TransientFault("Another request refers to this upload at this moment.")
        );

    private static IntakeProblem Used =>
        new(
            409,
            "upload-used",
            "Another message refers to this upload already. Upload the file again to a new session."
        );

    private static IntakeProblem Changed =>
        new(
            409,
            "upload-changed",
            "An upload was written again, or removed, while this message was taken. Send it again."
        );

    /// <summary>Whatever is left is found by the due rows of the uploads and of the message.</summary>
    private async Task QuietlyAsync(Intake intake, Func<StagedUpload, Task> step)
    {
        foreach (var part in intake.Content.Uploads)
        {
            try
            {
                await step(part);
            }
            catch (Exception fault) when (fault is TransientFault or RequestFailedException)
            {
                LogLeft(intake.Id, fault.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An upload of message {Id} is left to the purge: {Cause}")]
    private partial void LogLeft(string id, string cause);
}
