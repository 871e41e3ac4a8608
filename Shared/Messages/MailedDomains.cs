using TlsOrLink.Domains;
using TlsOrLink.Screening;

namespace TlsOrLink.Messages;

/// <summary>Remembers which domains took mail, while a message rule asks for domains that never did.</summary>
internal sealed class MailedDomains(MessageTable messages, MessageRuleBook rules, KnownDomains known)
{
    /// <summary>Learns from a message that is finished. Does nothing, and reads nothing, where no rule asks.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away; run again.</exception>
    public async Task LearnAsync(string id, CancellationToken cancellation)
    {
        if (
            !(await rules.EnabledAsync(cancellation)).Any(rule => rule.NeedsHistory)
            || await messages.PartitionAsync(id, cancellation) is not { } found
        )
        {
            return;
        }

        await known.AddAsync(
            found
                .Recipients.Where(row =>
                    row.State is RecipientState.Accepted or RecipientState.Linked or RecipientState.Downloaded
                )
                .Select(row => MailDomain.Parse(row.Domain)),
            cancellation
        );
    }
}
