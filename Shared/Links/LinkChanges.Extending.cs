using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>The longer life of a link.</summary>
internal sealed partial class LinkChanges
{
    /// <summary>Lets a link live until <paramref name="life"/> from now has passed; never shorter than it would.</summary>
    /// <param name="linkId">See <see cref="LinkToken.LinkId"/>.</param>
    /// <param name="life">From now on.</param>
    /// <param name="actor">Who does it, one of <see cref="EventActors"/>.</param>
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

            // A locked link is opened again: who may extend it may also let its holder try anew.
            var extended = row! with
            {
                ExpiresAt = end,
                WrongCodes = 0,
                LastWrongCode = "",
            };
            if (await MoveEndAsync(row, extended, actor, cancellation) == WriteOutcome.Done)
            {
                return new ChangedLink(LinkChange.Done, extended);
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
        if (extended.RemindAt is { } remindAt && remindAt != row.RemindAt)
        {
            await due.InsertAsync(new Due(DueKinds.Reminder, remindAt, row.LinkId, row.MessageId), cancellation);
        }

        if (await links.UpdateAsync(extended, cancellation) == WriteOutcome.Conflict)
        {
            return WriteOutcome.Conflict;
        }

        await ChangeRecipientAsync(
            row,
            recipient =>
            {
                recipient.LinkExpiresAt =
                    recipient.LinkExpiresAt > extended.ExpiresAt ? recipient.LinkExpiresAt : extended.ExpiresAt;
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
