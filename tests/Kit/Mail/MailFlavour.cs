namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>What a mail server is like.</summary>
public enum MailFlavour
{
    /// <summary>TLS 1.2 and 1.3, a certificate of the world's authority for the host's name.</summary>
    Good,

    /// <summary>STARTTLS is not offered.</summary>
    NoTls,

    /// <summary>A certificate signed by its own key, for the host's name.</summary>
    SelfSigned,

    /// <summary>A certificate of the world's authority for another name.</summary>
    WrongName,

    /// <summary>A certificate that expired yesterday.</summary>
    Expired,

    /// <summary>A certificate that is valid from the day after tomorrow.</summary>
    NotYetValid,

    /// <summary>TLS 1.0 and 1.1 only.</summary>
    OldTls,

    /// <summary>STARTTLS is offered, but there is no certificate: the handshake fails.</summary>
    HandshakeFails,

    /// <summary>STARTTLS is offered and answered with 454.</summary>
    TlsUnavailable,

    /// <summary>Good, and every RCPT is answered with 450, as greylisting does.</summary>
    Greylisting,

    /// <summary>Good, and every RCPT is answered with 550.</summary>
    Refusing,

    /// <summary>Good, and what it takes with 250 is thrown away: for measuring those who send.</summary>
    Discarding,
}
