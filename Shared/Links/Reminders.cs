using System.Globalization;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Something that is due to be reminded of.</summary>
/// <param name="Due">Its row, to be given to <see cref="Reminders.DoneAsync"/>.</param>
/// <param name="Mail">The mail to start first; null where none is to be sent.</param>
/// <param name="Link">The link of which the trail is told; null where there is nothing to say any more.</param>
internal sealed record DueReminder(Due Due, OwnMailOrder? Mail, LinkRow? Link);

/// <summary>Finds the links that end soon and of which nothing was downloaded. Reads what is due and nothing else.</summary>
internal sealed class Reminders(DueTable due, LinkTable links, Trail trail, TimeProvider time)
{
    /// <summary>Reminders of one run; the next goes on.</summary>
    private const int MaxPerRun = 1000;

    /// <summary>Longer than this one that fails is not tried.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>What is due now, in one call.</summary>
    public IAsyncEnumerable<Due> ListAsync(CancellationToken cancellation) =>
        due.ListAsync(DueKinds.Reminder, from: null, time.GetUtcNow(), cancellation).Take(MaxPerRun);

    /// <summary>What one of them comes to, by one call.</summary>
    public async Task<DueReminder> OfAsync(Due row, CancellationToken cancellation)
    {
        var link = await links.FindAsync(row.Id, cancellation);
        var ending = link is not null && IsDue(link, time.GetUtcNow()) ? link : null;
        // Without a seed only the event was asked for.
        var mail = ending is { Seed.Length: > 0 }
            ? new OwnMailOrder(ReminderMail.Slug, ending.MessageId, ending.N, SerialOf(ending))
            : null;
        return new DueReminder(row, mail, ending);
    }

    /// <summary>The mail, if any, was started: tells the trail, and takes the due row away as it was read. It may be cut off and run again.</summary>
    public async Task DoneAsync(DueReminder reminder, CancellationToken cancellation)
    {
        if (reminder.Link is { } link)
        {
            await trail.ChangeAsync(link, row => Tell(row, link, time.GetUtcNow()), cancellation);
        }

        await due.DeleteAsync(reminder.Due, cancellation);
    }

    /// <summary>It failed, and not for the first time today: nobody waits for a reminder of yesterday.</summary>
    /// <returns>It will not be tried again.</returns>
    public async Task<bool> GiveUpAsync(Due row, CancellationToken cancellation)
    {
        var isOver = row.At < time.GetUtcNow() - Patience;
        if (isOver)
        {
            await due.DeleteAsync(row, cancellation);
        }

        return isOver;
    }

    /// <summary>Records that the link's end comes near: once for each end, which an extension moves. Pure.</summary>
    /// <returns>Whether something changed.</returns>
    public static bool Tell(RecipientRow recipient, LinkRow link, DateTimeOffset now)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"{link.LinkId}@{link.ExpiresAt.ToUnixTimeSeconds()}");
        if (recipient.ExpiringTold.Contains(told, StringComparer.Ordinal))
        {
            return false;
        }

        var others = recipient.ExpiringTold.Where(one => !one.StartsWith(link.LinkId, StringComparison.Ordinal));
        recipient.ExpiringTold = [.. others, told];
        recipient.Record(LinkEvents.Expiring(link, now));
        return true;
    }

    /// <summary>The link lives, its reminder is due (an extension moves it), and nothing was downloaded. Pure.</summary>
    public static bool IsDue(LinkRow link, DateTimeOffset now) =>
        link.RemindAt <= now && link.Downloads == 0 && LinkJudge.StateAt(link, now) == LinkState.Live;

    /// <summary>The same for the same end: an extended link is reminded of anew.</summary>
    private static int SerialOf(LinkRow link) => (int)(link.ExpiresAt.ToUnixTimeSeconds() / 60);
}
