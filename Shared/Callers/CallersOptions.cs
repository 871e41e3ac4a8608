using TlsOrLink.Settings;

namespace TlsOrLink.Callers;

/// <summary>Section <c>Callers</c>: a list, <c>Callers:0:Name</c> and so on. Who may call.</summary>
internal sealed class CallersOptions
{
    public const string Section = "Callers";

    /// <summary>The callers; with none, nobody can call.</summary>
    public List<CallerSettings> Callers { get; set; } = [];
}

/// <summary>One caller as configured.</summary>
internal sealed class CallerSettings
{
    /// <summary>Stands in events and in keys of storage: 1 to 64 lower-case letters, digits, hyphens.</summary>
    [Example("billing")]
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the caller's key, hex. The key itself is nowhere. May be empty where <see cref="Principal"/> is set.</summary>
    [Example("$(printf %s \"$KEY\" | sha256sum)")]
    public string KeyHash { get; set; } = "";

    /// <summary>
    /// Object id (safer: names are given to others again) or user name of an Entra ID principal that is this caller where the platform
    /// signs people in (<c>WEBSITE_AUTH_ENABLED</c>). Default none.
    /// </summary>
    [Example("8d1a7f0e-4c1c-4c39-9f0e-2d5c3a1b0f11")]
    public string? Principal { get; set; }

    /// <summary>One or more of <c>sender</c>, <c>approver</c>, <c>auditor</c>, <c>policy</c>, <c>operator</c>.</summary>
    [Example("sender")]
    public List<string> Roles { get; set; } = [];

    /// <summary>Addresses that the caller may send as: an address, or <c>*@domain</c> for all of a domain (not of its subdomains).</summary>
    [Example("*@example.co.jp")]
    public List<string> Senders { get; set; } = [];

    /// <summary>
    /// How long this caller's messages are held before delivery begins, in which it can cancel: minutes (1 to 129600, which is 90 days), or
    /// <c>manual</c> for until it releases them. <c>options</c> of a message may only be stricter. Default none.
    /// </summary>
    [Example("10")]
    public string? Hold { get; set; }

    /// <summary>
    /// <c>page</c>: the links of this caller's messages lead to pages also where <c>Links:Mode</c> is <c>Sas</c>. A caller's setting can only be
    /// stricter, so there is no other value. Default none: as <c>Links:Mode</c>.
    /// </summary>
    [Example("page")]
    public string? LinkMode { get; set; }

    /// <summary>
    /// <c>same-host</c>: the files of this caller's messages come from the link's own host also where <c>Links:Bytes</c> is <c>Sas</c>; their links
    /// lead to pages then. There is no other value. Default none: as <c>Links:Bytes</c>.
    /// </summary>
    [Example("same-host")]
    public string? LinkBytes { get; set; }

    /// <summary>
    /// Names of approvers (<c>Approvers:n:Name</c>), one of whom must approve each message of this caller; <c>*</c> for every approver of the
    /// message's sender. Default none: no approval is asked for.
    /// </summary>
    [Example("manager")]
    public List<string> Approvers { get; set; } = [];
}
