using TlsOrLink.Checking;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Functions.Http;

/// <summary>The answer of a check.</summary>
internal sealed record CheckView(DateTimeOffset CheckedAt, IReadOnlyList<CheckedView> Recipients)
{
    public static CheckView Of(CheckOutcome.Done done, MailLanguage language) =>
        new(done.At, [.. done.Entries.Select(entry => CheckedView.Of(entry, language))]);
}

/// <summary>One recipient or domain of a <see cref="CheckView"/>.</summary>
/// <param name="Explanation">How it will be reached, and why, in plain words.</param>
/// <param name="Change">What the recipient's postmaster would have to change; null where there is nothing.</param>
/// <param name="Warning">What cannot be undone, for route <c>tls</c>; else null.</param>
internal sealed record CheckedView(
    string Recipient,
    string Domain,
    long? Mails,
    string Route,
    string Reason,
    string Explanation,
    string? Change,
    string? Warning,
    RuleView? Rule,
    VerdictView? Verdict
)
{
    public static CheckedView Of(CheckedEntry entry, MailLanguage language)
    {
        var answer = entry.Answer;
        var sentences = CheckSentences.Of(answer.Plan, language);
        return new(
            entry.Entry.Text,
            entry.Entry.Domain.Name,
            entry.Entry.Mails,
            MessageView.Word(answer.Plan.Route),
            answer.Plan.Reason,
            $"{sentences.How} {sentences.Why}",
            sentences.Change,
            sentences.Warning,
            answer.Rule is { } rule ? RuleView.Of(rule) : null,
            answer.Verdict is { } verdict ? VerdictView.Of(verdict, language) : null
        );
    }
}

/// <summary>A verdict with its evidence.</summary>
internal sealed record VerdictView(
    string Level,
    string Reason,
    string Explanation,
    string Policy,
    DateTimeOffset FoundAt,
    DateTimeOffset LivesUntil,
    IReadOnlyList<HostView> Hosts
)
{
    public static VerdictView Of(TlsVerdict verdict, MailLanguage language) =>
        new(
            MessageView.Word(verdict.Level),
            verdict.Reason,
            ReasonTexts.Of(verdict.Reason, language).Meaning,
            PolicyWord(verdict.Policy),
            verdict.FoundAt,
            verdict.LivesUntil,
            [.. verdict.Hosts.Select(host => HostView.Of(host, language))]
        );

    private static string PolicyWord(DomainPolicy policy) =>
        policy switch
        {
            DomainPolicy.Dane => "dane",
            DomainPolicy.MtaStsEnforce => "mta-sts-enforce",
            DomainPolicy.MtaStsTesting => "mta-sts-testing",
            _ => "none",
        };
}

/// <summary>What one MX host showed.</summary>
internal sealed record HostView(
    string Host,
    int Preference,
    string Level,
    string Reason,
    string Explanation,
    bool PolicyFailed,
    string? Address,
    string? TlsVersion,
    string? CipherSuite,
    CertificateEvidence? Certificate,
    bool RequireTls,
    long? MaxBytes
)
{
    public static HostView Of(HostEvidence host, MailLanguage language) =>
        new(
            host.Host,
            host.Preference,
            MessageView.Word(host.Level),
            host.Reason,
            ReasonTexts.Of(host.Reason, language).Meaning,
            host.PolicyFailed,
            host.Address,
            host.TlsVersion,
            host.CipherSuite,
            host.Certificate,
            host.RequireTls,
            host.MaxBytes
        );
}

/// <summary>Action and minimum of a domain rule.</summary>
internal sealed record RuleView(string Action, string? Minimum)
{
    public static RuleView Of(DomainRule rule) =>
        new(
            rule.Action switch
            {
                DomainAction.Reject => "reject",
                DomainAction.ForceLink => "force-link",
                DomainAction.RequireTls => "require-tls",
                DomainAction.Internal => "internal",
                _ => "auto",
            },
            rule.Minimum is { } minimum ? MessageView.Word(minimum) : null
        );
}
