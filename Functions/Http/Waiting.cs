using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>How long a caller wants to follow a message.</summary>
internal enum Waiting
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Until nothing changes soon.</summary>
    Bounded,

    /// <summary>Until it is finished, be it days.</summary>
    Whole,
}

/// <summary>When a bounded wait is over. Pure.</summary>
internal static class BoundedWait
{
    /// <summary>Longest wait from intake on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The message is finished or held, or each recipient is through or to be tried again, or it has taken too long.</summary>
    public static bool IsOver(MessageRow message, IEnumerable<RecipientRow> recipients, DateTimeOffset now) =>
        message.IsFinished
        || message.IsHeld
        || now - message.CreatedAt >= Longest
        || recipients.All(recipient =>
            recipient.State is not (RecipientState.Held or RecipientState.Probing or RecipientState.Sending)
        );
}
