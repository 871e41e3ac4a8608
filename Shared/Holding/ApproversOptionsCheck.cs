using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Domains;

namespace TlsOrLink.Holding;

/// <summary>Checks the approvers at start, and that callers name such as there are. Messages name the setting and never repeat a hash.</summary>
internal sealed class ApproversOptionsCheck(IOptions<CallersOptions> callers) : IValidateOptions<ApproversOptions>
{
    private const int MaxName = 64;

    public ValidateOptionsResult Validate(string? name, ApproversOptions options)
    {
        HashSet<string> names = [.. options.Approvers.Select(approver => approver.Name)];
        List<string> wrong =
        [
            .. options.Approvers.SelectMany((approver, i) => Check(approver, $"Approvers:{i}", names)),
            .. Twice(options.Approvers, approver => approver.Name, "Name"),
            .. Twice(options.Approvers, approver => approver.Address.ToUpperInvariant(), "Address"),
            .. Unknown(callers.Value, names),
        ];
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Check(ApproverSettings approver, string path, HashSet<string> names)
    {
        if (
            approver.Name.Length is 0 or > MaxName
            || !approver.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        )
        {
            yield return $"{path}:Name must be 1 to {MaxName} lower-case letters, digits or hyphens.";
        }

        if (!MailAddress.TryParse(approver.Address, out _))
        {
            yield return $"{path}:Address must be a mail address.";
        }

        var signsInElsewhere = !string.IsNullOrEmpty(approver.Principal) && approver.PinHash.Length == 0;
        if (!signsInElsewhere && PinHash.Parse(approver.PinHash) is null)
        {
            yield return $"{path}:PinHash must be pbkdf2-sha256$iterations$salt$hash with at least {PinHash.MinIterations} "
                + "iterations (docs/api.md has the command that makes one).";
        }

        foreach (var (i, _) in approver.Senders.Index().Where(entry => SenderPattern.Parse(entry.Item) is null))
        {
            yield return $"{path}:Senders:{i} must be an address or *@domain.";
        }

        foreach (var (i, text) in approver.Delegates.Index())
        {
            if (Delegation.Parse(text) is not { } delegation || !names.Contains(delegation.Name))
            {
                yield return $"{path}:Delegates:{i} must be another approver's name and two dates: jiro 2026-08-10 2026-08-21.";
            }
        }
    }

    private static IEnumerable<string> Unknown(CallersOptions callers, HashSet<string> names) =>
        from caller in callers.Callers.Index()
        from approver in caller.Item.Approvers.Index()
        where
            !string.Equals(approver.Item, CallerHold.AnyApprover, StringComparison.Ordinal)
            && !names.Contains(approver.Item)
        select $"Callers:{caller.Index}:Approvers:{approver.Index} must be the name of an approver (Approvers:n:Name), or *.";

    private static IEnumerable<string> Twice(
        List<ApproverSettings> approvers,
        Func<ApproverSettings, string> property,
        string name
    ) =>
        approvers
            .Index()
            .GroupBy(entry => property(entry.Item), StringComparer.Ordinal)
            .SelectMany(group => group.Skip(1))
            .Select(entry => $"Approvers:{entry.Index}:{name} is that of another approver; each needs its own.");
}
