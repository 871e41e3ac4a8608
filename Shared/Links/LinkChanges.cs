using System.Collections.Concurrent;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Takes links back and lets them live longer. Each step may be cut off and run again.</summary>
internal sealed class LinkChanges(
    LinkTable links,
    LinkOrders orders,
    LinkRecipients recipients,
    DueTable due,
    TimeProvider time
)
{
    /// <summary>Presses of scanners write the row too.</summary>
    private const int MaxTries = 8;

    private const int Parallel = 16;

    /// <summary>
    /// Takes a link back: from now on it hands out nothing; a URL that was handed out lives to its own end, at most
    /// <see cref="SasLife.Most"/>. A link that was taken back or has ended before stays as it is.
    /// </summary>
    /// <param name="linkId">See <see cref="LinkToken.LinkId"/>.</param>
    /// <param name="actor">Who does it, for the audit trail.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed; run again.</exception>
    public async Task<ChangedLink> RevokeAsync(string linkId, string actor, CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        var changed = await RevokeRowAsync(linkId, cancellation);
        if (changed is { Change: LinkChange.Done, Row: { } row })
        {
            await recipients.ChangeAsync(
                row,
                recipient =>
                {
                    var isNews = Follow(recipient, row) || row.RevokedAt >= begun;
                    if (isNews)
                    {
                        recipient.Record(LinkEvents.Revoked(row, actor, time.GetUtcNow()));
                    }

                    return isNews;
                },
                cancellation
            );
        }

        return changed;
    }

    /// <summary>Takes every link of a message back, as <see cref="RevokeAsync"/>.</summary>
    /// <param name="recipientsOfMessage">Rows of the message; those without links are passed over.</param>
    /// <param name="actor">Who does it, for the audit trail.</param>
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

    /// <summary>Lets a link live until <paramref name="life"/> from now has passed; never shorter than it would.</summary>
    /// <param name="linkId">See <see cref="LinkToken.LinkId"/>.</param>
    /// <param name="life">From now on.</param>
    /// <param name="actor">Who does it, for the audit trail.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed; run again.</exception>
    public async Task<ChangedLink> ExtendAsync(
        string linkId,
        TimeSpan life,
        string actor,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < MaxTries; i++)
        {
            var now = time.GetUtcNow();
            var row = await links.FindAsync(linkId, cancellation);
            var end = row is null ? now : LinkExtension.EndOf(row, life, now);
            if (LinkExtension.Judge(row, end, now) is var change and not LinkChange.Done)
            {
                return new ChangedLink(change, row);
            }

            var extended = row! with { ExpiresAt = end };
            if (await MoveEndAsync(row, extended, actor, cancellation) == WriteOutcome.Done)
            {
                return new ChangedLink(LinkChange.Done, extended);
            }
        }

        throw new TransientFault("The link changes too often.");
    }

    /// <summary>The row of a recipient after its link was taken back: who has the file keeps the state that says so. Pure.</summary>
    /// <returns>Whether something changed.</returns>
    public static bool Follow(RecipientRow recipient, LinkRow revoked)
    {
        if (recipient.State != RecipientState.Linked || recipient.LinkIds is not [{ } newest, ..])
        {
            return false;
        }

        if (!string.Equals(newest, revoked.LinkId, StringComparison.Ordinal))
        {
            return false;
        }

        recipient.State = RecipientState.Revoked;
        return true;
    }

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

    /// <summary>The files stay first, then the later end falls due, and only then the link lives longer.</summary>
    private async Task<WriteOutcome> MoveEndAsync(
        LinkRow row,
        LinkRow extended,
        string actor,
        CancellationToken cancellation
    )
    {
        await orders.KeepFilesAsync(row.MessageId, extended.ExpiresAt, cancellation);
        await due.InsertAsync(DueOf(extended), cancellation);
        if (await links.UpdateAsync(extended, cancellation) == WriteOutcome.Conflict)
        {
            return WriteOutcome.Conflict;
        }

        await recipients.ChangeAsync(
            row,
            recipient =>
            {
                var later = !(recipient.LinkExpiresAt >= extended.ExpiresAt);
                recipient.LinkExpiresAt = later ? extended.ExpiresAt : recipient.LinkExpiresAt;
                recipient.Record(LinkEvents.Extended(extended, actor, time.GetUtcNow()));
                return true;
            },
            cancellation
        );
        if (!DueTable.IsSameKey(DueOf(row), DueOf(extended)))
        {
            await due.DeleteAsync(DueKinds.Link, row.ExpiresAt, row.LinkId, cancellation);
        }

        return WriteOutcome.Done;
    }

    private static Due DueOf(LinkRow row) => new(DueKinds.Link, row.ExpiresAt, row.LinkId, row.MessageId);
}
