using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>What kind of end a connection to a host came to.</summary>
internal enum SightingKind
{
    /// <summary>Nothing was found out.</summary>
    Unreachable,

    /// <summary>It answered, and does not serve now.</summary>
    Busy,

    /// <summary>Reached, and no acceptable TLS.</summary>
    NoTls,

    /// <summary>TLS stands.</summary>
    Secured,
}

/// <summary>What one connection to a host showed, whatever domain it was made for: it can be shared between domains, a level cannot.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Reason">Slug of <see cref="SmtpReasons"/>; empty for <see cref="SightingKind.Secured"/>.</param>
/// <param name="Address">The address dialled, or null.</param>
internal sealed record HostSighting(SightingKind Kind, string Reason, string? Address)
{
    /// <summary>What TLS showed; null without it.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>What is offered over TLS; null without it.</summary>
    public SmtpFeatures? Features { get; init; }

    /// <summary>What a live connection shows.</summary>
    public static HostSighting Of(ISmtpSession session) =>
        session.Tls is { } tls
            ? new(SightingKind.Secured, "", session.Address.ToString()) { Tls = tls, Features = session.Features }
            : new(SightingKind.NoTls, SmtpReasons.NotOffered, session.Address.ToString());

    /// <summary>What an outcome shows.</summary>
    public static HostSighting Of(ConnectOutcome outcome) =>
        outcome switch
        {
            ConnectOutcome.Secured(var session) => Of(session),
            ConnectOutcome.InClear(var session) => Of(session),
            ConnectOutcome.NoTls(var reason, var address) => new(SightingKind.NoTls, reason, address.ToString()),
            ConnectOutcome.Busy(var reason, var address, _) => new(SightingKind.Busy, reason, address.ToString()),
            ConnectOutcome.Unreachable(var reason, var address) => Unreachable(reason, address?.ToString()),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    /// <summary>Nothing was found out.</summary>
    public static HostSighting Unreachable(string reason, string? address = null) =>
        new(SightingKind.Unreachable, reason, address);
}
