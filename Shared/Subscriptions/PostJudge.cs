using System.Net;
using System.Security.Authentication;

namespace TlsOrLink.Subscriptions;

/// <summary>What a subscriber made of a notification.</summary>
internal enum PostFate
{
    /// <summary>It answered 2xx.</summary>
    Taken,

    /// <summary>It answered 410: it will never take anything any more.</summary>
    Gone,

    /// <summary>It may take it later.</summary>
    Failed,
}

/// <summary>One try.</summary>
/// <param name="Fate">What came of it.</param>
/// <param name="Reason">Slug of why it failed; empty where it did not.</param>
/// <param name="RetryAfter">For how long the subscriber asks to be left alone; null where it does not say.</param>
internal sealed record PostResult(PostFate Fate, string Reason = "", TimeSpan? RetryAfter = null);

/// <summary>Judges tries; pure.</summary>
internal static class PostJudge
{
    public const string Timeout = "timeout";
    public const string AddressRefused = "address-not-allowed";
    public const string UnknownHost = "host-unknown";
    public const string TlsFailed = "tls-failed";
    public const string NotConnected = "not-connected";
    public const string Redirect = "redirect";

    private static readonly PostResult NeverTaken = new(PostFate.Failed);

    /// <summary>By the status of the answer; its body says nothing.</summary>
    public static PostResult Of(HttpStatusCode status, TimeSpan? retryAfter) =>
        (int)status switch
        {
            >= 200 and < 300 => new PostResult(PostFate.Taken),
            410 => new PostResult(PostFate.Gone),
            >= 300 and < 400 => new PostResult(PostFate.Failed, Redirect),
            var other => new PostResult(
                PostFate.Failed,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"status-{other}"),
                retryAfter
            ),
        };

    /// <summary>By what went wrong before there was an answer.</summary>
    public static PostResult Of(Exception fault) =>
        new(
            PostFate.Failed,
            fault switch
            {
                OperationCanceledException => Timeout,
                _ when Inner<RefusedAddressException>(fault) => AddressRefused,
                _ when Inner<UnknownHostException>(fault) => UnknownHost,
                _ when Inner<AuthenticationException>(fault) => TlsFailed,
                _ => NotConnected,
            }
        );

    /// <summary>How long to wait before the next try; null where there is none.</summary>
    /// <param name="attempt">The try that failed, from 0.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="elapsed">Since the first one.</param>
    /// <param name="options">Waits and period.</param>
    public static TimeSpan? WaitAfter(int attempt, PostResult result, TimeSpan elapsed, SubscriptionsOptions options)
    {
        if (result.Fate != PostFate.Failed)
        {
            return null;
        }

        var doubled = options.FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(attempt, 40));
        var asked = Math.Max(doubled, result.RetryAfter?.TotalSeconds ?? 0);
        var wait = TimeSpan.FromSeconds(Math.Min(asked, options.LongestRetry.TotalSeconds));
        return elapsed + wait <= options.RetryPeriod ? wait : null;
    }

    /// <summary>Tries of an event that is never taken, each of which fails at once; counted up to <paramref name="most"/>.</summary>
    public static int TriesOf(SubscriptionsOptions options, int most)
    {
        var (tries, elapsed) = (1, TimeSpan.Zero);
        while (tries < most && WaitAfter(tries - 1, NeverTaken, elapsed, options) is { } wait)
        {
            elapsed += wait;
            tries++;
        }

        return tries;
    }

    private static bool Inner<T>(Exception? fault)
        where T : Exception => fault is T || (fault is not null && Inner<T>(fault.InnerException));
}
