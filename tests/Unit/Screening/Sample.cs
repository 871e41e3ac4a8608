using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Screening;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>Reads texts and files with everything wanted.</summary>
internal static class Sample
{
    public static readonly string[] Words = ["社外秘", "Confidential", "マイナンバー"];

    public static ContentFacts OfText(string text, params ReadOnlySpan<int> pieces)
    {
        var (files, facts) = Reader();
        var cuts = pieces.ToArray();
        files.ReadText(
            scan =>
            {
                var rest = text.AsSpan();
                for (var i = 0; rest.Length > 0; i++)
                {
                    var take = cuts.Length == 0 ? rest.Length : Math.Min(rest.Length, cuts[i % cuts.Length]);
                    scan.Append(rest[..take]);
                    rest = rest[take..];
                }
            },
            new Place(Section.Body)
        );
        return facts;
    }

    public static ContentFacts OfFile(string name, byte[] bytes, ScreeningOptions? options = null)
    {
        var (files, facts) = Reader(options);
        using var file = files.Take(name);
        file.Write(bytes);
        files.Read(name, Place.Attachment(1), file, 0);
        return facts;
    }

    /// <summary>A file that is about to be read.</summary>
    public static FileBytes Take(string name) => Reader().Files.Take(name);

    public static async Task<ContentFacts> OfMessage(byte[] message, ScreeningOptions? options = null)
    {
        var (files, facts) = Reader(options);
        var bounds = new ReadingBounds(options ?? new ScreeningOptions(), new FakeTimeProvider());
        await new MailReader(files, facts, bounds).ReadAsync(new MemoryStream(message), 5000, default);
        return facts;
    }

    public static int Count(this ContentFacts facts, string kind) =>
        facts.Count(RuleWords.NumberKindOf(kind)!.Value).Count;

    public static bool Has(this ContentFacts facts, string word, Section section = Section.All) =>
        facts.Find(new Word(Folding.Fold(word), false), section) is not null;

    /// <summary>Puts a number into a template.</summary>
    public static string Fill(this string template, string number) =>
        template.Replace("{n}", number, StringComparison.Ordinal);

    /// <summary>The number with its check digit, by the weights as they are usually given.</summary>
    public static string MyNumber(string eleven)
    {
        int[] weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        var rest = eleven.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11;
        return eleven + (rest <= 1 ? "0" : $"{11 - rest}");
    }

    /// <summary>The number with its Luhn digit.</summary>
    public static string Luhn(string digits)
    {
        for (var check = 0; ; check++)
        {
            var sum = $"{digits}{check}"
                .Reverse()
                .Select((c, i) => (c - '0') * (1 + (i % 2)))
                .Sum(v => v > 9 ? v - 9 : v);
            if (sum % 10 == 0)
            {
                return $"{digits}{check}";
            }
        }
    }

    private static (FileReader Files, ContentFacts Facts) Reader(ScreeningOptions? options = null)
    {
        var facts = new ContentFacts();
        var wanted = new Wanted([.. Words.Select(word => new Word(Folding.Fold(word), false))], Numbers: true);
        var bounds = new ReadingBounds(options ?? new ScreeningOptions(), TimeProvider.System);
        return (new FileReader(wanted, facts, bounds), facts);
    }
}
