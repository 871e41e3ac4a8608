using System.ComponentModel.DataAnnotations;
using TlsOrLink.Settings;

namespace TlsOrLink.Events;

/// <summary>Section <c>Events</c>: the audit trail.</summary>
internal sealed class EventsOptions
{
    public const string Section = "Events";

    /// <summary>Key of the audit trail's HMACs: base64 of 32 bytes or more, on Azure a secret of the key vault. Whoever has it can forge the trail; once it is changed, older trails verify with the old key only.</summary>
    [Required]
    [Example("$(openssl rand -base64 32)")]
    public string ChainKey { get; set; } = "";
}
