using TlsOrLink.Tests.Unit.Screening.Corpus;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>How often the detectors are right, on texts that are made here: half of the near misses carry a check digit that is right by chance.</summary>
public sealed class PrecisionTests(ITestOutputHelper output)
{
    private const double Wanted = 0.98;

    [Fact]
    public void My_numbers_are_found_with_precision_and_recall() =>
        Judge("My Number", "my-number", MyNumberTexts.Positives(), MyNumberTexts.NearMisses());

    [Fact]
    public void Card_numbers_are_found_with_precision_and_recall() =>
        Judge("Card number", "card-number", CardTexts.Positives(), CardTexts.NearMisses());

    private void Judge(string name, string kind, IReadOnlyList<string> positives, IReadOnlyList<string> nearMisses)
    {
        (positives.Distinct().Count(), nearMisses.Distinct().Count()).ShouldBe((100, 100));
        var missed = positives.Where(text => Sample.OfText(text).Count(kind) == 0).ToList();
        var wrong = nearMisses.Where(text => Sample.OfText(text).Count(kind) > 0).ToList();

        var hits = positives.Count - missed.Count;
        var (precision, recall) = ((double)hits / (hits + wrong.Count), (double)hits / positives.Count);
        output.WriteLine(
            $"{name}: precision {precision:F3}, recall {recall:F3} ({hits} of 100 found, {wrong.Count} of 100 near misses taken)"
        );
        output.WriteLine($"missed: {string.Join(" | ", missed)}\nwrong: {string.Join(" | ", wrong)}");
        precision.ShouldBeGreaterThanOrEqualTo(Wanted, string.Join('\n', wrong));
        recall.ShouldBeGreaterThanOrEqualTo(Wanted, string.Join('\n', missed));
    }
}
