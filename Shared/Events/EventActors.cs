namespace TlsOrLink.Events;

/// <summary>Who did what an event tells.</summary>
internal static class EventActors
{
    /// <summary>The service itself.</summary>
    public const string Service = "service";

    /// <summary>Whoever holds the recipient's link: the recipient, or a scanner of the recipient's mail.</summary>
    public const string Recipient = "recipient";

    /// <summary>A caller of the API, by its configured name.</summary>
    public static string Caller(string name) => $"caller:{name}";

    /// <summary>An approver, by the name under which the approver is configured.</summary>
    public static string Approver(string name) => $"approver:{name}";
}
