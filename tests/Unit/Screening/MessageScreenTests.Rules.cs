using TlsOrLink.Domains;
using TlsOrLink.Screening;

namespace TlsOrLink.Tests.Unit.Screening;

/// <content>Which rules count, and when.</content>
public sealed partial class MessageScreenTests
{
    [Fact]
    public async Task A_message_is_read_only_where_a_rule_that_fits_asks_for_it()
    {
        (await PlanAsync(files: false)).NeedsContent.ShouldBeFalse("encrypted-file asks for files alone");
        (await PlanAsync()).NeedsContent.ShouldBeTrue();
        settings.BuiltInRules = false;
        await PutAsync("a", """{"action":"warn","personalData":{},"recipients":{"domains":["third.example"]}}""");
        (await PlanAsync()).NeedsContent.ShouldBeFalse();
        await PutAsync("b", """{"action":"warn","personalData":{}}""");
        (await PlanAsync(files: false)).NeedsContent.ShouldBeTrue();
    }

    [Fact]
    public async Task Built_in_rules_count_until_one_of_their_id_is_put()
    {
        var many = Outline(visible: 11);
        (await MetAsync(many)).ShouldBe(["encrypted-file", "many-visible"], ignoreOrder: true);

        await PutAsync("many-visible", """{"action":"reject","enabled":false,"recipients":{"visibleOver":1}}""");

        (await MetAsync(many)).ShouldBe(["encrypted-file"]);
    }

    [Fact]
    public async Task A_rule_of_the_configuration_is_not_loosened_over_the_api()
    {
        configured.Rules.Add(new() { Id = "a", Rule = """{"action":"reject","personalData":{}}""" });
        await PutAsync("a", """{"action":"warn","enabled":false,"personalData":{}}""");

        (await ScreenAsync()).IsRejected.ShouldBeTrue();
    }

    [Fact]
    public async Task Rules_are_kept_for_a_minute()
    {
        await PlanAsync();
        await table.PutAsync(
            new StoredMessageRule(
                new MessageRule("late", true, RuleAction.Warn) { Senders = ["*@sender.example"] },
                "x",
                clock.GetUtcNow()
            ),
            default
        );
        (await MetAsync(Outline())).ShouldNotContain("late");

        clock.Advance(TimeSpan.FromSeconds(61));

        (await MetAsync(Outline())).ShouldContain("late");
    }

    [Fact]
    public async Task A_rule_of_another_version_stops_intake()
    {
        tables.Put(
            "MessageRules",
            new Azure.Data.Tables.TableEntity("all", "x") { ["Rule"] = """{"action":"quarantine"}""" }
        );

        await Should.ThrowAsync<TlsOrLink.Faults.TransientFault>(() => PlanAsync());
    }

    [Fact]
    public async Task A_domain_is_new_until_mail_was_taken_there()
    {
        settings.BuiltInRules = false;
        await PutAsync("a", """{"action":"warn","recipients":{"neverMailed":true}}""");
        (await MetAsync(Outline())).ShouldBe(["a"]);

        await known.AddAsync([MailDomain.Parse("other.example"), MailDomain.Parse("partnre.example")], default);

        (await MetAsync(Outline())).ShouldBeEmpty();
        tables
            .Rows.Keys.Where(key => key.Table == "KnownDomains")
            .Select(key => key.Row)
            .ShouldBe(["other.example", "partnre.example"], ignoreOrder: true);
    }
}
