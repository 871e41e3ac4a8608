using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

/// <summary>How many messages, and recipients of them, each caller may send.</summary>
internal sealed class MessageBudget(IOptions<MessageBudgetOptions> options, TimeProvider clock)
{
    private const double SecondsPerDay = 86_400;

    private readonly TokenBuckets messages = new(
        options.Value.MessagesPerMinute / 60.0,
        options.Value.MessageBurst,
        clock
    );

    private readonly TokenBuckets recipients = new(
        options.Value.RecipientsPerDay / SecondsPerDay,
        options.Value.RecipientsPerDay,
        clock
    );

    /// <summary>Takes one message. Before its body is read.</summary>
    /// <returns>Null where it may be sent; else how long to wait.</returns>
    public TimeSpan? TryTakeMessage(string caller) => messages.TryTake(caller, 1);

    /// <summary>Takes the recipients of a message that was read.</summary>
    /// <returns>Null where it may be sent; else how long to wait.</returns>
    public TimeSpan? TryTakeRecipients(string caller, int count) => recipients.TryTake(caller, count);

    /// <summary>Takes one message that may go on whatever is left, as one that was sent before may.</summary>
    public void LendMessage(string caller) => messages.Lend(caller, 1);

    /// <summary>Takes the recipients of such a message.</summary>
    public void LendRecipients(string caller, int count) => recipients.Lend(caller, count);

    /// <summary>Gives a message back that was none.</summary>
    public void ReturnMessage(string caller) => messages.Return(caller, 1);

    /// <summary>Gives recipients back who were not sent to.</summary>
    public void ReturnRecipients(string caller, int count) => recipients.Return(caller, count);
}
