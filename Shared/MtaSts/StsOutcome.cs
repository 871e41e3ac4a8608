namespace TlsOrLink.MtaSts;

/// <summary>The policy that applies to a domain now.</summary>
/// <param name="Policy">A policy in mode <c>enforce</c> or <c>testing</c>, or null where none applies.</param>
/// <param name="Reason">Slug of <see cref="StsReasons"/>.</param>
/// <param name="Expires">Until when the policy applies; null without one.</param>
internal sealed record StsOutcome(StsPolicy? Policy, string Reason, DateTimeOffset? Expires)
{
    /// <summary>Hosts outside the policy, or without a valid certificate, may not be used.</summary>
    public bool Enforced => Policy is { Mode: StsMode.Enforce };
}

/// <summary>Reasons of the MTA-STS look-up; <c>docs/tls-decision.md</c> says what each means.</summary>
internal static class StsReasons
{
    /// <summary>Mode <c>enforce</c>.</summary>
    public const string Enforce = "mta-sts-enforce";

    /// <summary>Mode <c>testing</c>.</summary>
    public const string Testing = "mta-sts-testing";

    /// <summary>No record, or mode <c>none</c>.</summary>
    public const string None = "mta-sts-none";

    /// <summary>The record could not be asked for, and no policy is cached.</summary>
    public const string RecordFailed = "mta-sts-record-failed";

    /// <summary>The record is not one: several, or a bad id.</summary>
    public const string RecordBad = "mta-sts-record-bad";

    /// <summary>The policy could not be fetched, and none is cached.</summary>
    public const string FetchFailed = "mta-sts-fetch-failed";

    /// <summary>The policy was fetched and does not parse, and none is cached.</summary>
    public const string PolicyBad = "mta-sts-policy-bad";
}
