namespace TlsOrLink.Messages;

internal sealed partial class MessageRow
{
    /// <summary>The trace that intake ran in, as W3C <c>traceparent</c>; null where it ran in none.</summary>
    public string? Trace
    {
        get => Get<string>();
        set => Set(value);
    }
}
