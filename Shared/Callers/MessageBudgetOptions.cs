using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Callers;

/// <summary>Section <c>Callers</c>, beside the list: how much each caller may send. Counted per instance.</summary>
internal sealed class MessageBudgetOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = CallersOptions.Section;

    /// <summary>Messages a minute that a caller may send in the long run; beyond, intake answers 429. Default 6000; 1 to 1000000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Callers:MessagesPerMinute must be 1 to 1000000.")]
    public int MessagesPerMinute { get; set; } = 6000;

    /// <summary>Messages that a caller may send at once after a pause. Default 10000; 1 to 1000000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Callers:MessageBurst must be 1 to 1000000.")]
    public int MessageBurst { get; set; } = 10_000;

    /// <summary>
    /// Recipients, of all messages together, that a caller may send to in 24 hours; they come back evenly over the day. Default 1000000; 1 to
    /// 1000000000. A message with more of them goes where the whole quota is left.
    /// </summary>
    [Range(1, 1_000_000_000, ErrorMessage = "Callers:RecipientsPerDay must be 1 to 1000000000.")]
    public int RecipientsPerDay { get; set; } = 1_000_000;
}
