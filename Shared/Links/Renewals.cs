using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What became of the wish for a new link.</summary>
/// <param name="State">The link's state; there is nothing to ask for where it is unknown or revoked.</param>
/// <param name="Row">The link; null where there is none.</param>
/// <param name="IsHolder">The address is the one to which the link was mailed.</param>
internal sealed record AskedRenewal(LinkState State, LinkRow? Row, bool IsHolder)
{
    /// <summary>The mail to the sender, to be started by whoever asked; null where none is due.</summary>
    public OwnMailOrder? Mail { get; init; }
}

/// <summary>"Send me a new link": tells the sender, once a day for each link, and extends nothing.</summary>
internal sealed class Renewals(LinkTable links, MessageTable messages, Trail trail, AddressHash hash, TimeProvider time)
{
    /// <summary>
    /// Judges the wish. A form that is posted without the recipient's own address, as scanners do, is no wish. The mail that comes back has the same
    /// key however often it is asked for within a day, and is sent once.
    /// </summary>
    public async Task<AskedRenewal> AskAsync(LinkToken token, string? address, CancellationToken cancellation)
    {
        var row = await links.FindAsync(token.LinkId, cancellation);
        var state = LinkJudge.StateAt(row, time.GetUtcNow());
        if (row is null || state is LinkState.Unknown or LinkState.Revoked)
        {
            return new AskedRenewal(state, row, IsHolder: false);
        }

        var isHolder = await IsHolderAsync(row, address, cancellation);
        return new AskedRenewal(state, row, isHolder) { Mail = isHolder ? OrderFor(row) : null };
    }

    /// <summary>
    /// Writes down that the sender was told, after the mail was started: a kill in between costs nothing, since the mail's key is the same.
    /// </summary>
    public async Task NoteAsync(LinkRow row, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // Whoever writes the row at the same time may win: the note keeps nobody from anything.
        await links.UpdateAsync(row with { RenewalAskedAt = now }, cancellation);
        await trail.TellAsync(row, LinkEvents.RenewalAsked(row, now), cancellation);
    }

    private OwnMailOrder? OrderFor(LinkRow row)
    {
        var now = time.GetUtcNow();
        return row.RenewalAskedAt is { } asked && asked.UtcDateTime.Date == now.UtcDateTime.Date
            ? null
            : new OwnMailOrder(
                RenewalMail.Slug,
                row.MessageId,
                row.N,
                (((now.UtcDateTime.Year * 100) + now.UtcDateTime.Month) * 100) + now.UtcDateTime.Day
            );
    }

    private async Task<bool> IsHolderAsync(LinkRow row, string? typed, CancellationToken cancellation)
    {
        if (!MailAddress.TryParse(typed?.Trim(), out var address))
        {
            return false;
        }

        // A tombstone has no hash any more: the recipient's own row still knows.
        var expected =
            row.RecipientHash.Length > 0 ? row.RecipientHash
            : await messages.RecipientsAsync(row.MessageId, row.Attempt, row.N, 1, cancellation) is [{ } recipient]
                ? hash.Of(recipient.Address)
            : null;
        return expected is not null && hash.Same(expected, hash.Of(address));
    }
}
