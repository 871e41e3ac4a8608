using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.Screening;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>Rules held against messages, from the table on.</summary>
public sealed partial class MessageScreenTests : IDisposable
{
    private readonly MemoryTables tables = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));
    private readonly ScreeningOptions settings = new()
    {
        PartnerDomains = ["partner.example"],
        Groups = { ["sales"] = "taro@sender.example, *@sales.example" },
    };
    private readonly MessageRulesOptions configured = new();
    private readonly MessageRuleTable table;
    private readonly KnownDomains known;
    private MessageRuleBook? book;

    public MessageScreenTests()
    {
        table = new MessageRuleTable(tables, Options.Create(settings));
        known = new KnownDomains(tables, Options.Create(settings), clock);
    }

    private MessageRuleBook Book => book ??= new(Options.Create(settings), Options.Create(configured), table, clock);

    [Theory]
    [InlineData("""{"action":"warn","recipients":{"external":true}}""", "external-recipients")]
    [InlineData("""{"action":"warn","recipients":{"domains":["other.example"]}}""", "listed-domains")]
    [InlineData("""{"action":"warn","recipients":{"domains":["*.example"]}}""", "listed-domains")]
    [InlineData("""{"action":"warn","recipients":{"domains":["*.other.example"]}}""", null)]
    [InlineData("""{"action":"warn","recipients":{"domains":["sender.example"],"external":true}}""", null)]
    [InlineData("""{"action":"warn","recipients":{"visibleOver":1}}""", "many-visible")]
    [InlineData("""{"action":"warn","recipients":{"visibleOver":2}}""", null)]
    [InlineData("""{"action":"warn","recipients":{"neverMailed":true}}""", "never-mailed")]
    [InlineData("""{"action":"warn","recipients":{"neverMailed":true,"domains":["partner.example"]}}""", null)]
    [InlineData("""{"action":"warn","recipients":{"lookAlike":true}}""", "look-alike")]
    [InlineData("""{"action":"warn","senders":["*@sender.example"]}""", "sender")]
    [InlineData("""{"action":"warn","senders":["hanako@SENDER.example"]}""", "sender")]
    [InlineData("""{"action":"warn","senders":["sales"]}""", null)]
    [InlineData("""{"action":"warn","words":{"any":["秘密"],"in":["subject"]}}""", "words subject")]
    [InlineData("""{"action":"warn","words":{"any":["ｓｅｃｒｅｔ"]}}""", "words body")]
    [InlineData("""{"action":"warn","words":{"any":["secre"],"match":"word"}}""", null)]
    [InlineData("""{"action":"warn","words":{"any":["列名"],"in":["body","subject"]}}""", null)]
    [InlineData("""{"action":"warn","words":{"any":["列名"]}}""", "words file:1")]
    [InlineData("""{"action":"warn","words":{"any":["名簿"]}}""", "words name:1")]
    [InlineData("""{"action":"warn","files":{"types":["csv"]}}""", "file-type file:1")]
    [InlineData("""{"action":"warn","files":{"types":["text"],"overBytes":10}}""", "file-type file:1,file-size file:1")]
    [InlineData("""{"action":"warn","files":{"overBytes":100000}}""", null)]
    [InlineData("""{"action":"warn","files":{"encrypted":true}}""", null)]
    [InlineData("""{"action":"warn","personalData":{}}""", "my-number file:1")]
    [InlineData("""{"action":"warn","personalData":{"atLeast":2}}""", null)]
    [InlineData(
        """{"action":"warn","personalData":{},"recipients":{"external":true}}""",
        "external-recipients,my-number file:1"
    )]
    [InlineData("""{"action":"warn","personalData":{},"recipients":{"domains":["third.example"]}}""", null)]
    [InlineData("""{"action":"warn","enabled":false,"personalData":{}}""", null)]
    public async Task A_rule_is_met_where_all_of_its_conditions_are(string rule, string? codes)
    {
        settings.BuiltInRules = false;
        await PutAsync("rule", rule);

        var hits = (await ScreenAsync()).Hits;

        var seen = string.Join(',', hits.Select(hit => $"{hit.Code} {hit.Place}".Trim()));
        seen.ShouldBe(codes ?? "");
        JsonSerializer.Serialize(hits).ShouldNotContain("123456789018");
    }

    [Fact]
    public async Task The_strictest_action_wins_and_every_hit_is_told()
    {
        await PutAsync("a", """{"action":"warn","personalData":{}}""");
        await PutAsync("b", """{"action":"link","recipients":{"external":true}}""");
        await PutAsync("c", """{"action":"approve","words":{"any":["secret"]}}""");

        var screened = await ScreenAsync();

        screened.Hits.Select(hit => hit.Rule).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c"]);
        (screened.ForcesLink, screened.NeedsApproval, screened.Holds, screened.IsRejected).ShouldBe(
            (true, true, false, false)
        );
    }

    public void Dispose()
    {
        book?.Dispose();
        known.Dispose();
    }

    private static Outline Outline(int visible = 2, bool files = true) =>
        new(
            MailAddress.Parse("hanako@sender.example"),
            [
                .. new[] { "sender.example", "partner.example", "partnre.example", "other.example" }.Select(
                    MailDomain.Parse
                ),
            ],
            visible,
            files
        );

    private async Task PutAsync(string id, string rule)
    {
        using var json = JsonDocument.Parse(rule);
        var form = MessageRuleForm.Read(id, json.RootElement, settings.Groups.Keys);
        form.Errors.ShouldBeEmpty();
        await table.PutAsync(new StoredMessageRule(form.Rule!, "policy", clock.GetUtcNow()), default);
        Book.Forget();
    }

    private async Task<ScreeningPlan> PlanAsync(bool files = true)
    {
        using var screen = new MessageScreen(Book, known, Options.Create(settings), clock);
        return await screen.PlanAsync(Outline(files: files), default);
    }

    private async Task<IEnumerable<string>> MetAsync(Outline outline)
    {
        using var screen = new MessageScreen(Book, known, Options.Create(settings), clock);
        return (await screen.PlanAsync(outline, default)).Met.Select(met => met.Rule.Id);
    }

    private async Task<Screened> ScreenAsync()
    {
        using var screen = new MessageScreen(Book, known, Options.Create(settings), clock);
        var mail = Files.Mail(
            "秘密の件",
            "This is secret.",
            "名簿.csv",
            Encoding.UTF8.GetBytes("列名,個人番号\n山田,123456789018\n")
        );
        return await screen.ScreenAsync(await screen.PlanAsync(Outline(), default), new MemoryStream(mail), default);
    }
}
