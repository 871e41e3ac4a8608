using TlsOrLink.Domains;

namespace TlsOrLink.Callers;

/// <summary>What a caller may do. Roles do not include each other.</summary>
[Flags]
internal enum CallerRoles
{
    None = 0,

    /// <summary>Sends; sees and changes its own messages only.</summary>
    Sender = 1,

    /// <summary>Decides on held messages of others.</summary>
    Approver = 2,

    /// <summary>Reads events, without contents.</summary>
    Auditor = 4,

    /// <summary>Reads and writes rules, without contents.</summary>
    Policy = 8,

    /// <summary>Reads the details of health.</summary>
    Operator = 16,
}

/// <summary>Who calls.</summary>
/// <param name="Name">Unique name, safe in keys.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Senders">Which addresses it may send as.</param>
internal sealed record Caller(string Name, CallerRoles Roles, IReadOnlyList<SenderPattern> Senders)
{
    /// <summary>How its messages are held at least.</summary>
    public CallerHold Hold { get; init; } = CallerHold.None;

    /// <summary>What is stricter of its links than of others'.</summary>
    public CallerLinks Links { get; init; } = CallerLinks.AsOthers;

    /// <summary>The caller has <paramref name="role"/>.</summary>
    public bool Is(CallerRoles role) => Roles.HasFlag(role);

    /// <summary>The caller has role <see cref="CallerRoles.Sender"/> and may send as <paramref name="sender"/>. Without patterns: never.</summary>
    public bool MaySend(MailAddress sender) =>
        Is(CallerRoles.Sender) && Senders.Any(pattern => pattern.Matches(sender));
}

/// <summary>An address, or all addresses of one domain. Local parts match in any case.</summary>
/// <param name="LocalPart">Null for all of the domain.</param>
/// <param name="Domain">The domain itself, without its subdomains.</param>
internal sealed record SenderPattern(string? LocalPart, MailDomain Domain)
{
    private const string All = "*@";

    /// <summary>Parses <c>local@domain</c> or <c>*@domain</c>; null for anything else.</summary>
    public static SenderPattern? Parse(string text)
    {
        if (text.StartsWith(All, StringComparison.Ordinal))
        {
            return MailDomain.TryParse(text[All.Length..], out var domain) ? new SenderPattern(null, domain) : null;
        }

        return MailAddress.TryParse(text, out var address)
            ? new SenderPattern(address.LocalPart, address.Domain)
            : null;
    }

    public bool Matches(MailAddress address) =>
        address.Domain == Domain
        && (LocalPart is null || string.Equals(LocalPart, address.LocalPart, StringComparison.OrdinalIgnoreCase));
}
