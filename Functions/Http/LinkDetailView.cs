using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>The links of a message.</summary>
internal sealed record LinkListView(IReadOnlyList<LinkDetailView> Links);

/// <summary>A link as its sender sees it. Its token is in the recipient's mail alone.</summary>
/// <param name="Id">For revoking and extending.</param>
/// <param name="Recipient">Address; null in the answer to a change.</param>
/// <param name="State"><c>live</c>, <c>expired</c>, <c>revoked</c> or <c>usedUp</c>.</param>
/// <param name="MaxDownloads">Null for no limit.</param>
/// <param name="IsDirect">The mail names the storage address of each file (link mode <c>sas</c>): nothing is counted, and it cannot be extended.</param>
/// <param name="Downloads">Presses, each file counted once in ten minutes.</param>
internal sealed record LinkDetailView(
    string Id,
    string? Recipient,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    int? MaxDownloads,
    int Downloads,
    bool IsDirect,
    DateTimeOffset? LastDownloadAt,
    IReadOnlyList<LinkFileView> Files
)
{
    public static LinkDetailView Of(LinkRow row, string? recipient, DateTimeOffset now) =>
        new(
            row.LinkId,
            recipient,
            Word(LinkJudge.StateAt(row, now)),
            row.CreatedAt,
            row.ExpiresAt,
            row.RevokedAt,
            row.MaxDownloads,
            row.Downloads,
            row.IsDirect,
            row.LastPressAt,
            [.. row.Files.Select(file => new LinkFileView(file.N, file.Name, file.Bytes, file.LastPressAt))]
        );

    private static string Word(LinkState state) => state == LinkState.UsedUp ? "usedUp" : MessageView.Word(state);
}

/// <summary>One file behind a link; none is left once the link was purged.</summary>
internal sealed record LinkFileView(int N, string Name, long Bytes, DateTimeOffset? LastDownloadAt);
