using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

/// <summary>Checks the callers at start. Messages name the setting and never repeat a hash.</summary>
internal sealed class CallersOptionsCheck : IValidateOptions<CallersOptions>
{
    private const int MaxName = 64;

    public ValidateOptionsResult Validate(string? name, CallersOptions options)
    {
        List<string> wrong =
        [
            .. options.Callers.SelectMany((caller, i) => Check(caller, $"Callers:{i}")),
            .. Twice(options.Callers, caller => caller.Name, "Name"),
            .. Twice(options.Callers, caller => caller.KeyHash.ToUpperInvariant(), "KeyHash"),
            .. Twice(options.Callers, caller => caller.Principal?.ToUpperInvariant() ?? "", "Principal"),
        ];
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Check(CallerSettings caller, string path)
    {
        if (caller.Name.Length is 0 or > MaxName || !caller.Name.All(IsNameCharacter))
        {
            yield return $"{path}:Name must be 1 to {MaxName} lower-case letters, digits or hyphens.";
        }

        var hasPrincipal = !string.IsNullOrEmpty(caller.Principal) && caller.KeyHash.Length == 0;
        if (
            !hasPrincipal
            && (caller.KeyHash.Length != 2 * SHA256.HashSizeInBytes || !caller.KeyHash.All(char.IsAsciiHexDigit))
        )
        {
            yield return $"{path}:KeyHash must be the SHA-256 of the caller's key as 64 hex digits "
                + "(printf %s \"$KEY\" | sha256sum).";
        }

        if (caller.Roles.Count == 0)
        {
            yield return $"{path}:Roles must name at least one of {RoleNames()}.";
        }

        foreach (var i in Where(caller.Roles, role => !IsRole(role)))
        {
            yield return $"{path}:Roles:{i} must be one of {RoleNames()}.";
        }

        foreach (var i in Where(caller.Senders, sender => SenderPattern.Parse(sender) is null))
        {
            yield return $"{path}:Senders:{i} must be an address or *@domain.";
        }

        if (!CallerHold.IsValid(caller.Hold))
        {
            yield return $"{path}:Hold must be minutes from 1 to 129600, or manual.";
        }

        if (!CallerLinks.IsValidMode(caller.LinkMode))
        {
            yield return $"{path}:LinkMode must be page, or not be set: what is looser is set for all callers, by Links:Mode.";
        }

        if (!CallerLinks.IsValidBytes(caller.LinkBytes))
        {
            yield return $"{path}:LinkBytes must be same-host, or not be set: Links:Bytes is for all callers.";
        }
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';

    private static bool IsRole(string text) =>
        Enum.GetNames<CallerRoles>().Contains(text, StringComparer.OrdinalIgnoreCase)
        && !string.Equals(text, nameof(CallerRoles.None), StringComparison.OrdinalIgnoreCase);

    private static string RoleNames() => "sender, approver, auditor, policy, operator";

    private static IEnumerable<int> Where(List<string> list, Func<string, bool> condition) =>
        list.Index().Where(entry => condition(entry.Item)).Select(entry => entry.Index);

    private static IEnumerable<string> Twice(
        List<CallerSettings> callers,
        Func<CallerSettings, string> property,
        string name
    ) =>
        callers
            .Index()
            .GroupBy(entry => property(entry.Item), StringComparer.Ordinal)
            .Where(group => group.Key.Length > 0)
            .SelectMany(group => group.Skip(1))
            .Select(entry => $"Callers:{entry.Index}:{name} is that of another caller; each needs its own.");
}
