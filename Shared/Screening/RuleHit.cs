using System.Text.Json;

namespace TlsOrLink.Screening;

/// <summary>One condition of a rule that a message meets. Kept with the message: holds no word, number, name or address.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Action">What it does.</param>
/// <param name="Code">See <see cref="HitCodes"/>.</param>
/// <param name="Place"><c>subject</c>, <c>body</c>, <c>file:2</c>, <c>name:2</c>; null outside contents.</param>
/// <param name="Count">Numbers or visible recipients; 0 where nothing is counted.</param>
/// <param name="Domain">The recipient domain in question; null for none.</param>
/// <param name="Like">The known domain that it looks like; null for none.</param>
internal sealed record RuleHit(
    string Rule,
    RuleAction Action,
    string Code,
    string? Place = null,
    int Count = 0,
    string? Domain = null,
    string? Like = null
)
{
    // A row's text has 64 KiB; a rule gives at most as many hits as it has conditions.
    private const int MaxKept = 100;

    /// <summary>As the message's row keeps them; null for none.</summary>
    public static string? Write(IReadOnlyList<RuleHit> hits) =>
        hits.Count == 0
            ? null
            : JsonSerializer.Serialize(
                hits.OrderByDescending(hit => hit.Action).Take(MaxKept),
                JsonSerializerOptions.Web
            );

    /// <summary>As they were written.</summary>
    public static IReadOnlyList<RuleHit> Read(string? written) =>
        written is null ? [] : JsonSerializer.Deserialize<List<RuleHit>>(written, JsonSerializerOptions.Web) ?? [];
}

/// <summary>Codes of hits: stable, for callers to branch on.</summary>
internal static class HitCodes
{
    public const string Sender = "sender";
    public const string External = "external-recipients";
    public const string Listed = "listed-domains";
    public const string NeverMailed = "never-mailed";
    public const string LookAlike = "look-alike";
    public const string ManyVisible = "many-visible";
    public const string Words = "words";
    public const string FileType = "file-type";
    public const string FileSize = "file-size";
    public const string Encrypted = "encrypted-file";
    public const string NotRead = "not-read";
    public const string MyNumber = "my-number";
    public const string CardNumber = "card-number";
    public const string CorporateNumber = "corporate-number";
}
