namespace TlsOrLink.Sending;

/// <summary>The ways by which mail leaves.</summary>
internal enum TransportKind
{
    /// <summary>Straight to the MX hosts of the recipients' domain.</summary>
    Direct,

    /// <summary>By a smart host, over required and verified TLS.</summary>
    Relay,

    /// <summary>By SendGrid's Web API.</summary>
    SendGrid,
}
