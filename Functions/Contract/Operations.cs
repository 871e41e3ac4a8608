using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Contract;

/// <summary>Every HTTP function under <c>api/</c>. A test holds this list against the code.</summary>
internal static class Operations
{
    private const string Json = "application/json";

    private static readonly Refusal NoRole = new(403, "role-missing");
    private static readonly Refusal NoRule = new(404, "not-found");
    private static readonly Refusal WrongRule = new(400, "invalid-rule");
    private static readonly Refusal TooManyProbes = new(429, "too-many-probes");

    /// <summary>By path.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. MessageOperations
            .All.Concat(SearchOperations.All)
            .Concat(LinkOperations.All)
            .Concat(SubscriptionOperations.All)
            .Concat(Others)
            .OrderBy(operation => operation.Path, StringComparer.Ordinal),
    ];

    private static IEnumerable<Operation> Others =>
        [.. InwardOperations.All, .. Checks, .. DomainRules, .. MessageRules, .. Passphrases, .. Audits, .. Documents];

    private static IEnumerable<Operation> Checks =>
        [
            new(typeof(CheckRecipients), "Check recipients", "Says how recipients would be reached, and sends nothing.")
            {
                Parameters = [new("Accept-Language", "header", "Language of the explanations: en or ja.")],
                Bodies =
                [
                    new(Json, "CheckRequest", """{ "recipients": ["taro@partner.example", "other.example"] }"""),
                    new("text/csv", null, "partner.example,12\n"),
                ],
                Replies =
                [
                    new(200, "Route and reason of each.", typeof(CheckView), "text/csv")
                    {
                        OtherHeaders = ["Content-Disposition"],
                    },
                ],
                Refusals =
                [
                    new(400, "invalid-check"),
                    new(413, "check-too-large"),
                    new(415, "unsupported-content-type"),
                    TooManyProbes,
                ],
                IsAction = true,
            },
            new(typeof(GetDomainVerdict), "Check a domain", "One domain's verdict with its evidence.")
            {
                Parameters = [new("refresh", "query", "Probes anew.", "boolean")],
                Replies = [new(200, "Route, reason and verdict.", typeof(CheckedView))],
                Refusals = [new(400, "invalid-check"), TooManyProbes],
            },
        ];

    private static IEnumerable<Operation> DomainRules =>
        [
            new(typeof(GetDomainRule), "Get a domain rule", "The rules of one domain. Needs the role policy.")
            {
                Replies = [new(200, "The rules.", typeof(DomainRuleView))],
                Refusals = [WrongRule, NoRole, NoRule],
            },
            new(
                typeof(PutDomainRule),
                "Put a domain rule",
                "Puts a rule in place of the former one. Needs the role policy."
            )
            {
                Bodies = [new(Json, "DomainRule", """{ "action": "force-link" }""")],
                Replies = [new(200, "The rules.", typeof(DomainRuleView))],
                Refusals = [WrongRule, NoRole],
            },
            new(typeof(DeleteDomainRule), "Delete a domain rule", "Takes a rule out. Needs the role policy.")
            {
                Replies = [new(204, "It is gone.")],
                Refusals = [WrongRule, NoRole, NoRule],
            },
        ];

    private static IEnumerable<Operation> MessageRules =>
        [
            new(typeof(ListMessageRules), "List message rules", "All message rules. Needs the role policy.")
            {
                Replies = [new(200, "The rules.", typeof(MessageRuleListView))],
                Refusals = [NoRole],
            },
            new(typeof(GetMessageRule), "Get a message rule", "One message rule. Needs the role policy.")
            {
                Replies = [new(200, "The rule.", typeof(MessageRuleView))],
                Refusals = [WrongRule, NoRole, NoRule],
            },
            new(typeof(PutMessageRule), "Put a message rule", "Puts a message rule. Needs the role policy.")
            {
                Bodies =
                [
                    new(Json, "NewMessageRule", """{ "action": "warn", "words": { "any": ["confidential"] } }"""),
                ],
                Replies = [new(200, "The rule.", typeof(MessageRuleView))],
                Refusals = [WrongRule, NoRole],
            },
            new(typeof(DeleteMessageRule), "Delete a message rule", "Takes a message rule out. Needs the role policy.")
            {
                Replies = [new(204, "It is gone.")],
                Refusals = [WrongRule, NoRole, NoRule],
            },
        ];

    private static IEnumerable<Operation> Passphrases =>
        [
            new(
                typeof(PutPassphrase),
                "Put a passphrase",
                "Keeps the passphrase agreed with a partner. Needs the role policy."
            )
            {
                Bodies =
                [
                    new(
                        Json,
                        "Passphrase",
                        """{ "partner": "partner.example", "passphrase": "correct horse battery" }"""
                    ),
                ],
                Replies = [new(204, "It is kept.")],
                Refusals = [new(400, "invalid-passphrase"), NoRole],
            },
            new(typeof(RemovePassphrase), "Remove a passphrase", "Takes a passphrase out. Needs the role policy.")
            {
                Bodies = [new(Json, "Passphrase", """{ "partner": "partner.example" }""")],
                Replies = [new(204, "It is gone.")],
                Refusals = [new(400, "invalid-passphrase"), NoRole, NoRule],
            },
        ];

    private static IEnumerable<Operation> Audits =>
        [
            new(typeof(ExportEvents), "Export events", "All events of a period. Needs the role auditor.")
            {
                Parameters =
                [
                    new("from", "query", "A day or an instant.", Required: true),
                    new("to", "query", "A later one, at most 366 days later; without it now."),
                    new("format", "query", "Form of the answer; without it jsonl.") { Values = ["jsonl", "csv"] },
                ],
                Replies =
                [
                    new(200, "One event a line.", null, "application/jsonl", "text/csv")
                    {
                        Headers = ["Content-Disposition"],
                    },
                ],
                Refusals = [new(400, "invalid-period"), NoRole],
            },
            new(typeof(GetEventDay), "Get a sealed day", "The head of a sealed day. Needs the role auditor.")
            {
                Parameters = [new("verify", "query", "Also checks what is stored.", "boolean")],
                Replies = [new(200, "The head.", typeof(DayView))],
                Refusals = [new(400, "invalid-query"), NoRole, new(404, "not-found")],
            },
        ];

    private static IEnumerable<Operation> Documents =>
        [
            new(typeof(GetOpenApi), "Get the contract", "This contract as OpenAPI 3.1.")
            {
                Replies = [new(200, "OpenAPI 3.1.", null, Json)],
                IsFree = true,
            },
            new(typeof(GetSwagger), "Get the contract for connectors", "This contract as OpenAPI 2.0.")
            {
                Replies = [new(200, "OpenAPI 2.0.", null, Json)],
                IsFree = true,
            },
            new(typeof(ContractPage), "Read the contract", "This contract as a page for people who are signed in.")
            {
                Replies =
                [
                    new(200, "The page.", null, "text/html"),
                    new(303, "To the sign-in.") { Headers = ["Location"] },
                ],
                IsOpen = true,
                IsFree = true,
            },
        ];
}
