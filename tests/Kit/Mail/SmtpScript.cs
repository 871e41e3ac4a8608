using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>
/// How a <see cref="ScriptedSmtp"/> treats one connection. The default is a well-behaved server with STARTTLS and a good
/// certificate; each property bends one thing.
/// </summary>
public sealed record SmtpScript
{
    /// <summary>Bytes of the greeting, sent as they are.</summary>
    public string Greeting { get; init; } = "220 scripted ESMTP\r\n";

    /// <summary>Waits so long between any two bytes of the greeting.</summary>
    public TimeSpan GreetingPause { get; init; }

    /// <summary>Hangs up after the greeting.</summary>
    public bool DropsAfterGreeting { get; init; }

    /// <summary>Extensions offered before TLS, without STARTTLS.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = ["SIZE 209715200", "8BITMIME", "SMTPUTF8"];

    public bool OffersStartTls { get; init; } = true;

    /// <summary>Answers EHLO with lines that never end.</summary>
    public bool EndlessEhlo { get; init; }

    public string StartTlsReply { get; init; } = "220 go ahead";

    /// <summary>Sent in the same segment right after the reply to STARTTLS, in clear text.</summary>
    public string Injection { get; init; } = "";

    /// <summary>Hangs up instead of shaking hands.</summary>
    public bool DropsInHandshake { get; init; }

    /// <summary>What it shows; null for a good one of the world's authority for the server's host name.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Extensions offered under TLS; null for those offered before.</summary>
    public IReadOnlyList<string>? ExtensionsUnderTls { get; init; }

    /// <summary>Refuses EHLO under TLS, and takes HELO.</summary>
    public bool RefusesEhloUnderTls { get; init; }

    public string MailReply { get; init; } = "250 2.1.0 sender";

    /// <summary>The reply to RCPT by the address.</summary>
    public Func<string, string> RecipientReply { get; init; } = _ => "250 2.1.5 recipient";

    public string DataReply { get; init; } = "354 go on";

    /// <summary>Reads the message to its end and hangs up without a reply.</summary>
    public bool DropsAfterData { get; init; }

    /// <summary>Counts the message as taken when its final dot has come in, whatever it answers then.</summary>
    public bool KeepsMessages { get; init; } = true;

    /// <summary>Stands still there for so long, once each time.</summary>
    public (SmtpPoint At, TimeSpan For)? Pause { get; init; }

    public string MessageReply { get; init; } = "250 2.0.0 taken";

    /// <summary>Greets with 421 and hangs up, as a server does that limits its clients.</summary>
    public static SmtpScript Busy { get; } =
        new() { Greeting = "421 4.7.0 too many connections\r\n", DropsAfterGreeting = true };
}

/// <summary>Where a <see cref="ScriptedSmtp"/> can stand still.</summary>
public enum SmtpPoint
{
    /// <summary>The connection is accepted, nothing is sent.</summary>
    Greeting,

    /// <summary>A RCPT has come in and is not answered.</summary>
    BeforeRecipientReply,

    /// <summary>A RCPT was answered; the next command is not read.</summary>
    AfterRecipientReply,

    /// <summary>DATA has come in and is not answered.</summary>
    BeforeDataReply,

    /// <summary>The final dot has come in: the message is kept, the 250 is withheld.</summary>
    BeforeMessageReply,

    /// <summary>The 250 was sent; the next command is not read.</summary>
    AfterMessageReply,
}
