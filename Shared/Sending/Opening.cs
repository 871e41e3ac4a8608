using TlsOrLink.Probing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>What came of looking for a host that may have the message.</summary>
internal abstract record Opening
{
    private Opening() { }

    /// <summary>What a connection that shows <paramref name="evidence"/> is good for. Pure.</summary>
    public static Opening Of(ISmtpSession session, HostEvidence evidence, TlsLevel required) =>
        evidence.PolicyFailed ? new Shortfall(evidence.Reason, PolicyFailed: true)
        : evidence.Level == TlsLevel.Unknown ? new Unreachable(evidence.Reason)
        : evidence.Level < required ? new Shortfall(evidence.Reason)
        : new Ready(session, evidence);

    /// <summary>Slug of why there is no connection; empty where there is one.</summary>
    public string Failure =>
        this switch
        {
            Shortfall shown => shown.Reason,
            Unreachable met => met.Reason,
            _ => "",
        };

    /// <summary>Connected, and this very connection proves the level that was asked for.</summary>
    public sealed record Ready(IMailSession Session, HostEvidence Evidence) : Opening
    {
        /// <summary>The server is not the recipients' own: it promises what becomes of the mail behind it.</summary>
        public bool IsAttested { get; init; }

        /// <summary>Taken is not delivered: events tell later what became of it.</summary>
        public bool HandsOver { get; init; }
    }

    /// <summary>A host was reached and showed less than was asked for. Nothing was sent.</summary>
    /// <param name="Reason">Slug.</param>
    /// <param name="PolicyFailed">It fails a policy that its domain publishes: no mail at all goes there.</param>
    public sealed record Shortfall(string Reason, bool PolicyFailed = false) : Opening;

    /// <summary>No host could be talked to now, or nobody can say now what it must show (TLSA look-up failed).</summary>
    /// <param name="Reason">Slug.</param>
    /// <param name="VerdictIsOld">The domain names none of the plan's hosts any more.</param>
    public sealed record Unreachable(string Reason, bool VerdictIsOld = false) : Opening;
}
