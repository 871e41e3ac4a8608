using TlsOrLink.Domains;
using TlsOrLink.Routing;
using TlsOrLink.Screening;

namespace TlsOrLink.Messages;

/// <summary>What a caller asks to have sent, before anything is read.</summary>
/// <param name="Body">The request's body; read once, to its end or to the first fault.</param>
/// <param name="ContentType">The request's <c>Content-Type</c>.</param>
/// <param name="ContentLength">The request's <c>Content-Length</c>; null where it is chunked.</param>
/// <param name="Caller">Name of the caller.</param>
/// <param name="MaySend">The caller may send as this address.</param>
internal sealed record IntakeRequest(
    Stream Body,
    string? ContentType,
    long? ContentLength,
    string Caller,
    Predicate<MailAddress> MaySend
)
{
    /// <summary>Values of <c>X-Envelope-From</c>, for <c>message/rfc822</c> alone; empty where absent.</summary>
    public IReadOnlyList<string> EnvelopeFrom { get; init; } = [];

    /// <summary>Values of <c>X-Envelope-To</c>, each a list with commas or semicolons between; empty where absent.</summary>
    public IReadOnlyList<string> EnvelopeTo { get; init; } = [];

    /// <summary>The operator's policy: options may only be stricter. Default <see cref="TlsPolicy.Encrypted"/>, which nothing is looser than.</summary>
    public TlsPolicy PolicyFloor { get; init; }

    /// <summary>What the operator set for the links of the caller. Default <see cref="LinkPolicy.Default"/>.</summary>
    public LinkPolicy Links { get; init; } = LinkPolicy.Default;

    /// <summary>How the caller's messages are held at least. Default <see cref="HoldPolicy.None"/>.</summary>
    public HoldPolicy Hold { get; init; } = HoldPolicy.None;

    /// <summary>Takes <c>multipart/form-data</c> apart; null where the host cannot.</summary>
    public FormReading? Form { get; init; }

    /// <summary>Finds files that were uploaded before; null where there are none.</summary>
    public Uploads.UploadDesk? Uploads { get; init; }

    /// <summary>Value of <c>Idempotency-Key</c>; null where absent.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What became of reading a request: an <see cref="Intake"/> or an <see cref="IntakeProblem"/>.</summary>
internal abstract record IntakeOutcome;

/// <summary>A message that was read. Its content is staged: it is kept only once it is written.</summary>
internal sealed record Intake(
    string Id,
    string Attempt,
    string Caller,
    DateTimeOffset CreatedAt,
    MailAddress Sender,
    IReadOnlyList<MailAddress> Recipients,
    IntakeOptionsAsked Options,
    MailLanguage Language,
    string BodyHash,
    bool HasIdempotencyKey,
    StagedContent Content
) : IntakeOutcome
{
    /// <summary>What the options say of holding; null where they say nothing.</summary>
    public HoldAsked? HoldAsked { get; init; }

    /// <summary>How the message is held, by policy and options, and by message rules that tighten it; null where it is not.</summary>
    public HoldOrder? Hold { get; init; }

    /// <summary>Addresses that the recipients will see, in To and Cc.</summary>
    public int Visible { get; init; }

    /// <summary>False where it is certain that nothing is attached.</summary>
    public bool MayHaveFiles { get; init; } = true;

    /// <summary>What the message rules said, as its row keeps it; null for nothing.</summary>
    public string? RuleHits { get; init; }

    /// <summary>The same by link in any case.</summary>
    public Intake ByLink() => this with { Options = Options with { Route = RouteOption.Link } };
}

/// <summary><c>options</c> of a request.</summary>
internal sealed record IntakeOptionsAsked(
    RouteOption Route = RouteOption.Auto,
    TlsPolicy? TlsPolicy = null,
    int? LinkLifeHours = null,
    bool ProtectBody = false,
    bool ConvertToBcc = false,
    string? ReportTo = null
)
{
    /// <summary>The rest of <c>options.link</c>.</summary>
    public LinkWish Link { get; init; } = LinkWish.None;
}

/// <summary>Why a request is refused, as problem details (RFC 9457).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Stable slug.</param>
/// <param name="Detail">What is wrong and what to change.</param>
internal sealed record IntakeProblem(int Status, string Type, string Detail) : IntakeOutcome
{
    /// <summary>What is wrong by path of the field; empty where no field is to blame.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>The message rules that refused it, and what else they said; empty where none did.</summary>
    public IReadOnlyList<RuleHit> Hits { get; init; } = [];
}

/// <summary>What became of writing: <see cref="Stored"/> or an <see cref="IntakeProblem"/> (409).</summary>
/// <param name="Message">The row that is the message.</param>
/// <param name="IsNew">False where the same request had been stored before under its Idempotency-Key.</param>
internal sealed record Stored(MessageRow Message, bool IsNew) : IntakeOutcome
{
    /// <summary>Its recipients; null where it was stored before.</summary>
    public IReadOnlyList<RecipientRow>? Recipients { get; init; }
}
