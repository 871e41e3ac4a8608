using System.Globalization;
using TlsOrLink.Callers;
using TlsOrLink.Domains;

namespace TlsOrLink.Holding;

/// <summary>Who may approve other people's messages.</summary>
/// <param name="Name">Unique, safe in keys.</param>
/// <param name="Address">Where the approval mail goes.</param>
/// <param name="Pin">Null where the approver signs in elsewhere.</param>
/// <param name="Principal">Entra ID principal; null for none.</param>
/// <param name="Senders">Whose messages; empty for everybody's.</param>
/// <param name="Delegates">Who decides in this one's place, and when.</param>
internal sealed record Approver(
    string Name,
    MailAddress Address,
    PinHash? Pin,
    string? Principal,
    IReadOnlyList<SenderPattern> Senders,
    IReadOnlyList<Delegation> Delegates
)
{
    /// <summary>Messages of <paramref name="sender"/> are this one's to decide; one's own never are.</summary>
    public bool DecidesFor(MailAddress sender) =>
        !IsSame(sender) && (Senders.Count == 0 || Senders.Any(pattern => pattern.Matches(sender)));

    /// <summary>It is this approver who sends, in whatever case the local part is written.</summary>
    public bool IsSame(MailAddress sender) =>
        sender.Domain == Address.Domain
        && string.Equals(sender.LocalPart, Address.LocalPart, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Somebody decides in an approver's place.</summary>
/// <param name="Name">Name of the other approver.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="To">The last day, UTC.</param>
internal sealed record Delegation(string Name, DateOnly From, DateOnly To)
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Parses <c>name from to</c>; null for anything else.</summary>
    public static Delegation? Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var from, var to]
        && Day(from) is { } first
        && Day(to) is { } last
        && first <= last
            ? new Delegation(name, first, last)
            : null;

    /// <summary>It holds at that instant.</summary>
    public bool HoldsAt(DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime) is var day && day >= From && day <= To;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
