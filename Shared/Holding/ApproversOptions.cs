using TlsOrLink.Settings;

namespace TlsOrLink.Holding;

/// <summary>Section <c>Approvers</c>: a list, <c>Approvers:0:Name</c> and so on. Who may approve other people's messages.</summary>
internal sealed class ApproversOptions
{
    public const string Section = "Approvers";

    /// <summary>The approvers; with none, only callers with the role <c>approver</c> decide.</summary>
    public List<ApproverSettings> Approvers { get; set; } = [];
}

/// <summary>One approver as configured.</summary>
internal sealed record ApproverSettings
{
    /// <summary>Stands in events and options: 1 to 64 lower-case letters, digits, hyphens.</summary>
    [Example("manager")]
    public string Name { get; set; } = "";

    /// <summary>Where the approval mail goes. A message from this very address is never for this approver to decide.</summary>
    [Example("manager@example.co.jp")]
    public string Address { get; set; } = "";

    /// <summary>
    /// Salted, slow hash of the approver's PIN: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base64, at least 100000
    /// iterations. May be empty where <see cref="Principal"/> is set.
    /// </summary>
    [Example("pbkdf2-sha256$210000$salt$hash")]
    public string PinHash { get; set; } = "";

    /// <summary>Object id or user name of the Entra ID principal that is this approver, where the platform signs people in. Default none.</summary>
    [Example("8d1a7f0e-4c1c-4c39-9f0e-2d5c3a1b0f11")]
    public string? Principal { get; set; }

    /// <summary>Whose messages: addresses, or <c>*@domain</c>. Default none: everybody's.</summary>
    [Example("*@example.co.jp")]
    public List<string> Senders { get; set; } = [];

    /// <summary>
    /// Who decides in this one's place for a time, each as <c>name from to</c> with dates in UTC, the last day included:
    /// <c>jiro 2026-08-10 2026-08-21</c>. Names are those of other approvers. Default none.
    /// </summary>
    [Example("jiro 2026-08-10 2026-08-21")]
    public List<string> Delegates { get; set; } = [];
}
