using TlsOrLink.Probing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>What came of looking for a host that may have the message.</summary>
internal abstract record Opening
{
    private Opening() { }

    /// <summary>Connected, and this very connection proves the level that was asked for.</summary>
    public sealed record Ready(ISmtpSession Session, HostEvidence Evidence) : Opening;

    /// <summary>A host was reached and showed less than was asked for. Nothing was sent.</summary>
    public sealed record Shortfall(string Reason) : Opening;

    /// <summary>No host could be talked to now.</summary>
    public sealed record Unreachable(string Reason) : Opening;
}
