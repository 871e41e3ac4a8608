namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>What came of one row.</summary>
/// <param name="Verdict">As storage has it; null where there is none.</param>
/// <param name="ClearBytes">Bytes of the attachment that crossed in the clear.</param>
/// <param name="ReceivedBytes">Bytes of the attachment that the domain's servers got, whatever it crossed under.</param>
/// <param name="MailsBegun">Mails, attached or not, that the domain's servers were offered.</param>
/// <param name="BodyArrived">The message's own text came in.</param>
internal sealed record Proof(
    DecisionRow Row,
    SeenRecipient Seen,
    (string Level, string Reason)? Verdict,
    int ClearBytes,
    int ReceivedBytes,
    int MailsBegun,
    bool BodyArrived
)
{
    public static string Heading { get; } =
        $"{"row", -46} {"level", -13} {"reason", -22} {"route", -13} {"end", -13} {"why", -22} {"mails", 5} {"under TLS", 9} {"in clear", 8}";

    public override string ToString() =>
        $"{Row.What, -46} {Level, -13} {Reason, -22} {Seen.PlannedRoute, -13} {Seen.State, -13} {Seen.Reason, -22} {MailsBegun, 5} {ReceivedBytes - ClearBytes, 9} {ClearBytes, 8}";

    // Sending drops the verdict that it found untrue: the plan tells then what it was.
    private string? Level => Row.VerdictDropped ? Seen.Level : Verdict?.Level;

    private string Reason => Row.VerdictDropped ? "(dropped)" : Verdict?.Reason ?? "";

    /// <summary>In what it differs from the row.</summary>
    /// <param name="whole">The attachment's size in bytes.</param>
    public IEnumerable<string> Faults(int whole) =>
        new[]
        {
            Wanted("level", Level, Row.Level),
            Row.VerdictDropped
                ? Wanted("verdict", Verdict?.Reason, wanted: null)
                : Wanted("reason of the verdict", Verdict?.Reason, Row.Reason),
            Wanted("planned route", Seen.PlannedRoute, Row.Planned),
            Wanted("state", Seen.State, Row.State),
            Wanted("reason", Seen.Reason, Row.EndReason),
            Wanted("attachment bytes in the clear", $"{ClearBytes}", "0"),
            Wanted("attachment bytes at the servers", $"{ReceivedBytes}", $"{(Row.Carries ? whole : 0)}"),
            Wanted("mails begun", $"{MailsBegun}", Row.State is "accepted" or "linked" ? "1" : "0"),
            // Where TLS was there and went, somebody may be listening: the text is kept back too.
            Wanted(
                "text arrived",
                $"{BodyArrived}",
                $"{Row.Carries || (Row.State == "linked" && !Row.VerdictDropped)}"
            ),
        }.OfType<string>();

    private string? Wanted(string what, string? got, string? wanted) =>
        got == wanted ? null : $"{Row.Domain} ({Row.What}): {what} is '{got}', must be '{wanted}'";
}
