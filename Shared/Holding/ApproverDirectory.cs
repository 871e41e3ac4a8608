using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Holding;

/// <summary>The configured approvers.</summary>
internal sealed class ApproverDirectory(IOptions<ApproversOptions> options, IOptions<CallersOptions> callers)
{
    private readonly Approver[] approvers = [.. options.Value.Approvers.Select(ToApprover)];

    /// <summary>The approver of that name; null where there is none.</summary>
    public Approver? Named(string name) =>
        Array.Find(approvers, approver => string.Equals(approver.Name, name, StringComparison.Ordinal));

    /// <summary>The name of an approver given by name or address; null where there is none.</summary>
    public string? NameOf(string given) =>
        Named(given)?.Name
        ?? (
            MailAddress.TryParse(given, out var address)
                ? Array.Find(approvers, approver => approver.IsSame(address))?.Name
                : null
        );

    /// <summary>
    /// Who may decide on a message now: the named approvers (none: all) who decide for its sender, and their delegates. The sender is
    /// never among them.
    /// </summary>
    public IReadOnlyList<Approver> For(IReadOnlyList<string> names, MailAddress sender, DateTimeOffset now)
    {
        var asked = approvers.Where(approver =>
            approver.DecidesFor(sender) && (names.Count == 0 || names.Contains(approver.Name, StringComparer.Ordinal))
        );
        return
        [
            .. asked
                .SelectMany(approver =>
                    approver
                        .Delegates.Where(delegation => delegation.HoldsAt(now))
                        .Select(delegation => Named(delegation.Name))
                        .OfType<Approver>()
                        .Prepend(approver)
                )
                .Where(approver => !approver.IsSame(sender))
                .DistinctBy(approver => approver.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Who may decide on <paramref name="message"/> now; not an approver who is, by name or by principal, the caller that sent it.
    /// </summary>
    public IReadOnlyList<Approver> For(MessageRow message, DateTimeOffset now) =>
        MailAddress.TryParse(message.Sender, out var sender)
            ? [.. For(message.Approvers, sender, now).Where(approver => !IsCaller(approver, message.Caller))]
            : [];

    /// <summary>The approver and the caller of that name are one.</summary>
    private bool IsCaller(Approver approver, string caller) =>
        string.Equals(approver.Name, caller, StringComparison.Ordinal)
        || (
            approver.Principal is { } principal
            && callers.Value.Callers.Exists(one =>
                string.Equals(one.Name, caller, StringComparison.Ordinal)
                && string.Equals(one.Principal, principal, StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>The approver's place in the configuration.</summary>
    public int PlaceOf(Approver approver) => Array.IndexOf(approvers, approver);

    /// <summary>The approver at a place; null where there is none.</summary>
    public Approver? At(int place) => place >= 0 && place < approvers.Length ? approvers[place] : null;

    private static Approver ToApprover(ApproverSettings settings) =>
        new(
            settings.Name,
            MailAddress.Parse(settings.Address),
            PinHash.Parse(settings.PinHash),
            string.IsNullOrEmpty(settings.Principal) ? null : settings.Principal,
            [.. settings.Senders.Select(SenderPattern.Parse).OfType<SenderPattern>()],
            [.. settings.Delegates.Select(Delegation.Parse).OfType<Delegation>()]
        );
}
