using System.Text.Json;
using TlsOrLink.Screening;

namespace TlsOrLink.Tests.Unit.Screening;

public sealed class MessageRuleFormTests
{
    private static readonly string[] Groups = ["sales"];

    [Theory]
    [InlineData("""{"action":"warn","recipients":{"external":true}}""")]
    [InlineData("""{"action":"link","senders":["a@x.example","*@y.example","sales"]}""")]
    [InlineData(
        """{"action":"hold","enabled":false,"recipients":{"domains":["x.example","*.日本語.example"],"visibleOver":3}}"""
    )]
    [InlineData("""{"action":"approve","words":{"any":["社外秘"],"match":"word","in":["subject","file-names"]}}""")]
    [InlineData(
        """{"action":"reject","files":{"types":["exe","ZIP"],"overBytes":0,"encrypted":true,"notRead":true}}"""
    )]
    [InlineData("""{"action":"warn","personalData":{}}""")]
    [InlineData("""{"action":"warn","personalData":{"kinds":["my-number"],"atLeast":10},"recipients":null}""")]
    [InlineData("""{"action":"warn","recipients":{"neverMailed":true,"lookAlike":true}}""")]
    public void A_rule_is_what_it_was_after_it_was_written(string json)
    {
        var rule = Read(json).Rule.ShouldNotBeNull();

        var node = JsonSerializer.SerializeToNode(MessageRuleJson.Of(rule), JsonSerializerOptions.Web)!.AsObject();
        node.Remove("id");
        var again = Read(node.ToJsonString()).Rule.ShouldNotBeNull();

        JsonSerializer
            .Serialize(MessageRuleJson.Of(again))
            .ShouldBe(JsonSerializer.Serialize(MessageRuleJson.Of(rule)));
    }

    [Theory]
    [InlineData("[]", "$")]
    [InlineData("""{"action":"warn"}""", "$")]
    [InlineData("""{"recipients":{"external":true}}""", "action")]
    [InlineData("""{"action":"block","recipients":{"external":true}}""", "action")]
    [InlineData("""{"action":1,"recipients":{"external":true}}""", "action")]
    [InlineData("""{"action":"warn","recipient":{"external":true}}""", "recipient")]
    [InlineData("""{"action":"warn","recipients":{}}""", "recipients.$")]
    [InlineData("""{"action":"warn","recipients":[]}""", "recipients")]
    [InlineData("""{"action":"warn","recipients":{"externl":true}}""", "recipients.externl")]
    [InlineData("""{"action":"warn","recipients":{"external":"yes"}}""", "recipients.external")]
    [InlineData("""{"action":"warn","recipients":{"domains":["x.example","a..b"]}}""", "recipients.domains[1]")]
    [InlineData("""{"action":"warn","recipients":{"domains":[]}}""", "recipients.domains")]
    [InlineData("""{"action":"warn","recipients":{"visibleOver":-1}}""", "recipients.visibleOver")]
    [InlineData("""{"action":"warn","recipients":{"visibleOver":1.5}}""", "recipients.visibleOver")]
    [InlineData("""{"action":"warn","senders":["marketing"]}""", "senders[0]")]
    [InlineData("""{"action":"warn","senders":"a@x.example"}""", "senders")]
    [InlineData("""{"action":"warn","words":{"in":["body"]}}""", "words.any")]
    [InlineData("""{"action":"warn","words":{"any":["a",""]}}""", "words.any[1]")]
    [InlineData("""{"action":"warn","words":{"any":["a"],"match":"regex"}}""", "words.match")]
    [InlineData("""{"action":"warn","words":{"any":["a"],"in":["header"]}}""", "words.in[0]")]
    [InlineData("""{"action":"warn","files":{"types":["*.exe"]}}""", "files.types[0]")]
    [InlineData("""{"action":"warn","files":{"encrypted":false}}""", "files.$")]
    [InlineData("""{"action":"warn","personalData":{"kinds":["passport"]}}""", "personalData.kinds[0]")]
    [InlineData("""{"action":"warn","personalData":{"atLeast":0}}""", "personalData.atLeast")]
    public void What_is_wrong_is_named(string json, string field)
    {
        var form = Read(json);

        form.Rule.ShouldBeNull();
        form.Errors.Keys.ShouldContain(field, string.Join(", ", form.Errors.Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void An_id_is_safe_in_keys(string id) =>
        MessageRuleForm
            .Read(id, JsonDocument.Parse("""{"action":"warn","personalData":{}}""").RootElement, Groups)
            .Errors.Keys.ShouldBe(["id"]);

    [Fact]
    public void Rules_of_the_configuration_are_checked_at_start()
    {
        var options = new MessageRulesOptions
        {
            Rules =
            [
                new() { Id = "a", Rule = """{"action":"warn","personalData":{}}""" },
                new() { Id = "a", Rule = "no JSON" },
                new() { Id = "B", Rule = """{"action":"stop","personalData":{}}""" },
            ],
        };
        var check = new MessageRulesOptionsCheck(Microsoft.Extensions.Options.Options.Create(new ScreeningOptions()));

        var failures = check.Validate(null, options).Failures!.ToList();

        failures.ShouldContain(failure => failure.StartsWith("MessageRules:1:Rule: $: Must be JSON"));
        failures.ShouldContain(failure => failure.StartsWith("MessageRules:1:Id is that of another rule"));
        failures.ShouldContain(failure => failure.StartsWith("MessageRules:2:Id"));
        failures.ShouldContain(failure => failure.StartsWith("MessageRules:2:Rule: action"));
    }

    private static MessageRuleForm Read(string json) =>
        MessageRuleForm.Read("rule", JsonDocument.Parse(json).RootElement, Groups);
}
