using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>What is to be done about an open message.</summary>
internal enum OpenAction
{
    /// <summary>Nothing yet: its ordinary way is not over.</summary>
    Wait,

    /// <summary>It was stored and never started: start its orchestration.</summary>
    Start,

    /// <summary>It is under way: see that its orchestration is.</summary>
    Check,

    /// <summary>Its hold was decided and its orchestration has not seen it: wake it, or start it.</summary>
    Wake,

    /// <summary>It is finished and its completion was cut off: <see cref="OpenMessages.CloseAsync"/>.</summary>
    Close,

    /// <summary>Intake crashed before it was a message: <see cref="OpenMessages.SweepAsync"/>.</summary>
    Sweep,
}

/// <summary>Judges open messages; pure.</summary>
internal static class OpenJudge
{
    /// <summary>The message should be on its way: it is neither finished nor held.</summary>
    public static bool IsWaitedFor([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] MessageRow? message) =>
        message is { IsFinished: false, State: not MessageState.Held };

    /// <summary>The one thing to do.</summary>
    /// <param name="open">The <c>open</c> row.</param>
    /// <param name="message">The message's own row, which alone is trusted; null where there is none.</param>
    /// <param name="now">The instant to judge at.</param>
    /// <param name="options">Ages.</param>
    public static OpenAction ActionFor(Due open, MessageRow? message, DateTimeOffset now, PurgingOptions options)
    {
        var isPastGrace = (DateTimeOffset? since) => !(since > now - options.Grace);
        return message switch
        {
            // No request lasts longer than that age: after twice the age all that it wrote is older than the age, and none of it is spared.
            null => open.At <= now - (2 * options.OrphanAge) ? OpenAction.Sweep : OpenAction.Wait,
            { HasNews: true } => isPastGrace(message.DecidedAt) ? OpenAction.Wake : OpenAction.Wait,
            // Decided and seen, and what follows from it is not done: only a run can do it.
            { IsFinished: true, CompletedAt: null } => OpenAction.Check,
            _ when message.IsFinished => isPastGrace(message.CompletedAt) ? OpenAction.Close : OpenAction.Wait,
            { State: MessageState.Stored } => isPastGrace(message.CreatedAt) ? OpenAction.Start : OpenAction.Wait,
            _ => OpenAction.Check,
        };
    }
}
