using System.Collections.Concurrent;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Takes links back and lets them live longer. Each step may be cut off and run again.</summary>
internal sealed partial class LinkChanges(
    LinkTable links,
    LinkOrders orders,
    DirectLinks direct,
    Trail trail,
    DueTable due,
    TimeProvider time
)
{
    /// <summary>Presses of scanners write the row too.</summary>
    private const int MaxTries = 8;

    private const int Parallel = 16;

    /// <summary>
    /// Takes a link back: from now on it hands out nothing; a URL that was handed out lives to its own end, at most
    /// <see cref="SasLife.Most"/>, one that a mail named is dead at once. A link that was taken back or has ended before stays as it is.
    /// </summary>
    /// <param name="linkId">See <see cref="LinkToken.LinkId"/>.</param>
    /// <param name="actor">Who does it, one of <see cref="EventActors"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed; run again.</exception>
    public async Task<ChangedLink> RevokeAsync(string linkId, string actor, CancellationToken cancellation)
    {
        var changed = await RevokeRowAsync(linkId, cancellation);
        if (changed is { Change: LinkChange.Done, Row: { } row })
        {
            if (row.IsDirect)
            {
                await direct.CloseAsync(row, cancellation);
            }

            await ChangeRecipientAsync(
                row,
                recipient => Follow(recipient, row, LinkEvents.Revoked(row, actor)),
                cancellation
            );
        }

        return changed;
    }

    /// <summary>Takes every link of a message back, as <see cref="RevokeAsync"/>.</summary>
    /// <param name="recipientsOfMessage">Rows of the message; those without links are passed over.</param>
    /// <param name="actor">Who does it, one of <see cref="EventActors"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The links by their ids.</returns>
    /// <exception cref="TransientFault">Storage failed; run again.</exception>
    public async Task<IReadOnlyDictionary<string, ChangedLink>> RevokeAllAsync(
        IReadOnlyCollection<RecipientRow> recipientsOfMessage,
        string actor,
        CancellationToken cancellation
    )
    {
        var all = new ConcurrentDictionary<string, ChangedLink>(StringComparer.Ordinal);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            recipientsOfMessage.SelectMany(row => row.LinkIds),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            async (id, stop) => all[id] = await RevokeAsync(id, actor, stop)
        );
        return all;
    }

    /// <summary>
    /// The row of a recipient after its link was taken back: who has the file keeps the state that says so, and an older link says nothing of the
    /// newest. It is told once. Pure.
    /// </summary>
    /// <returns>Whether something changed.</returns>
    public static bool Follow(RecipientRow recipient, LinkRow revoked, EventDraft told)
    {
        if (recipient.RevokedLinks.Contains(revoked.LinkId, StringComparer.Ordinal))
        {
            return false;
        }

        recipient.RevokedLinks = [.. recipient.RevokedLinks, revoked.LinkId];
        var isNewest =
            recipient.LinkIds is [{ } newest, ..] && string.Equals(newest, revoked.LinkId, StringComparison.Ordinal);
        if (isNewest && recipient.State == RecipientState.Linked)
        {
            recipient.State = RecipientState.Revoked;
        }

        recipient.Record(told);
        return true;
    }

    private Task<bool> ChangeRecipientAsync(
        LinkRow link,
        Func<RecipientRow, bool> change,
        CancellationToken cancellation
    ) =>
        trail.ChangeAsync(
            link,
            recipient =>
            {
                var changed = change(recipient);
                recipient.UpdatedAt = changed ? time.GetUtcNow() : recipient.UpdatedAt;
                return changed;
            },
            cancellation
        );

    private async Task<ChangedLink> RevokeRowAsync(string linkId, CancellationToken cancellation)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            var row = await links.FindAsync(linkId, cancellation);
            var revoked = row is null ? null : row with { RevokedAt = row.RevokedAt ?? time.GetUtcNow() };
            var change = row switch
            {
                null => LinkChange.NotThere,
                { RevokedAt: not null } => LinkChange.Done,
                { IsTombstone: true } => LinkChange.Ended,
                _ => await links.UpdateAsync(revoked!, cancellation) == WriteOutcome.Done
                    ? LinkChange.Done
                    : (LinkChange?)null,
            };
            if (change is { } known)
            {
                return new ChangedLink(known, known == LinkChange.Done ? revoked : row);
            }
        }

        throw new TransientFault("The link changes too often.");
    }
}
