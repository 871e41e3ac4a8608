using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class EndingTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_of_a_message_go_together_its_links_in_pieces_and_its_content_once()
    {
        Due[] rows =
        [
            .. Enumerable.Range(0, 250).Select(n => new Due(DueKinds.Link, At, $"link {n}", "large")),
            new(DueKinds.Link, At, "link", "small"),
            new(DueKinds.Content, At, "large", "large"),
            new(DueKinds.Content, At, "bare", "bare"),
        ];

        var endings = Ending.Of(rows).ToList();

        endings
            .Select(ending => (ending.MessageId, ending.Links.Count, ending.Contents.Count))
            .ShouldBe([("large", 100, 0), ("large", 100, 0), ("large", 50, 1), ("small", 1, 0), ("bare", 0, 1)]);
        endings.SelectMany(ending => ending.Links.Concat(ending.Contents)).Order(ById).ShouldBe(rows.Order(ById));
    }

    private static readonly Comparer<Due> ById = Comparer<Due>.Create(
        (one, other) => string.CompareOrdinal($"{one.Kind}{one.Id}", $"{other.Kind}{other.Id}")
    );
}
