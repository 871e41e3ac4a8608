using System.Runtime.CompilerServices;
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

    /// <summary>What is due now: one call, and one for each.</summary>
    public async IAsyncEnumerable<DueReminder> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = due.ListAsync(DueKinds.Reminder, from: null, now, cancellation).Take(MaxPerRun);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            var link = await links.FindAsync(row.Id, cancellation);
            var ending = link is not null && IsDue(link, now) ? link : null;
            // Without a seed only the event was asked for.
            var mail = ending is { Seed.Length: > 0 }
                ? new OwnMailOrder(ReminderMail.Slug, ending.MessageId, ending.N, SerialOf(ending))
                : null;
            yield return new DueReminder(row, mail, ending);
        }
    }

    /// <summary>The mail, if any, was started: tells the trail, and takes the due row away as it was read.</summary>
    public async Task DoneAsync(DueReminder reminder, CancellationToken cancellation)
    {
        if (reminder.Link is { } link)
        {
            await trail.TellAsync(link, LinkEvents.Expiring(link, time.GetUtcNow()), cancellation);
        }

        await due.DeleteAsync(reminder.Due, cancellation);
    }

    /// <summary>The link lives, its reminder is due (an extension moves it), and nothing was downloaded. Pure.</summary>
    public static bool IsDue(LinkRow link, DateTimeOffset now) =>
        link.RemindAt <= now && link.Downloads == 0 && LinkJudge.StateAt(link, now) == LinkState.Live;

    /// <summary>The same for the same end: an extended link is reminded of anew.</summary>
    private static int SerialOf(LinkRow link) => (int)(link.ExpiresAt.ToUnixTimeSeconds() / 60);
}
