using System.Net;

namespace TlsOrLink.Smtp;

/// <summary>How far a connection to one MX host came. Each is an expected answer, none an exception.</summary>
internal abstract record ConnectOutcome
{
    private ConnectOutcome() { }

    /// <summary>Slug of <c>docs/tls-decision.md</c>; null where connected as asked.</summary>
    public virtual string? Failure => null;

    /// <summary>TLS 1.2 or newer stands and EHLO was answered over it. The certificate is evidence, not yet judged.</summary>
    public sealed record Secured(ISmtpSession Session) : ConnectOutcome;

    /// <summary>Connected in the clear, asked for by <see cref="SmtpSecurity.None"/> or left by <see cref="SmtpSecurity.WhenOffered"/>.</summary>
    public sealed record InClear(ISmtpSession Session) : ConnectOutcome;

    /// <summary>Reached, and no acceptable TLS (level <c>none</c>).</summary>
    public sealed record NoTls(string Reason, IPAddress Address) : ConnectOutcome
    {
        /// <inheritdoc/>
        public override string Failure => Reason;
    }

    /// <summary>The server answered that it does not serve now: 421, 4xx or 5xx before TLS (level <c>unknown</c>).</summary>
    public sealed record Busy(string Reason, IPAddress Address, int Code) : ConnectOutcome
    {
        /// <inheritdoc/>
        public override string Failure => Reason;
    }

    /// <summary>No conversation came about: refused, timed out, dropped, no public address (level <c>unknown</c>).</summary>
    public sealed record Unreachable(string Reason, IPAddress? Address) : ConnectOutcome
    {
        /// <inheritdoc/>
        public override string Failure => Reason;
    }
}

/// <summary>What a connection is to be.</summary>
internal enum SmtpSecurity
{
    /// <summary>STARTTLS or nothing. The only value with which attachments may travel.</summary>
    Required,

    /// <summary>The best that is offered; in the clear where there is no TLS. For mail without attachments.</summary>
    WhenOffered,

    /// <summary>In the clear from the start. For mail without attachments.</summary>
    None,
}

/// <summary>One MX host to connect to.</summary>
/// <param name="Host">Name as A-labels, and the name in the certificate.</param>
/// <param name="Addresses">Its addresses; at most 5 are dialled.</param>
internal sealed record SmtpTarget(string Host, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>SNI: the host's name, or its TLSA base domain where DANE applies (RFC 7672 section 8.1).</summary>
    public string ServerName { get; init; } = Host;

    /// <summary>Null for the port of MX hosts.</summary>
    public int? Port { get; init; }

    /// <summary>TLS without STARTTLS (RFC 8314 section 3.3, port 465).</summary>
    public bool TlsFromStart { get; init; }

    /// <summary>The operator named this host: it may be on a private address. Never so for what DNS of others says.</summary>
    public bool IsOurs { get; init; }
}

/// <summary>Connects to MX hosts: the one client that probing and sending share.</summary>
internal interface ISmtpConnector
{
    /// <summary>Dials, reads the greeting, EHLO, STARTTLS, EHLO; sends nothing else.</summary>
    /// <param name="target">The host with its addresses.</param>
    /// <param name="security">What the connection is to be.</param>
    /// <param name="deadline">For the whole of it, all addresses included.</param>
    /// <param name="cancellation">The caller gives up; the only case of an exception.</param>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/> alone; an elapsed deadline is an outcome.</exception>
    Task<ConnectOutcome> ConnectAsync(
        SmtpTarget target,
        SmtpSecurity security,
        TimeSpan deadline,
        CancellationToken cancellation
    );
}
