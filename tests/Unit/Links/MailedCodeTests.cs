using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Links;

/// <summary>One-time codes by mail: who gets one, how often, and what it opens.</summary>
public sealed partial class MailedCodeTests : ISecretRoutes
{
    [Fact]
    public async Task The_recipient_gets_a_code_that_opens_the_link_once()
    {
        await PutAsync();

        var asked = await AskAsync();

        asked.Answer.ShouldBe(CodeRequestAnswer.Mailed);
        asked.Mail.ShouldNotBeNull().ToString().ShouldNotContain(await CodeAsync());
        var code = await CodeAsync();
        code.ShouldMatch("^[0-9]{8}$");
        (await TryAsync($"{code[..4]} {code[4..]}")).ShouldBe(CodeAnswer.Right);
        (await TryAsync(code)).ShouldBe(CodeAnswer.Wrong, "it is spent");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("scanner")]
    [InlineData("jiro@partner.example")]
    public async Task Nobody_else_gets_one(string? typed)
    {
        await PutAsync();

        for (var i = 0; i < 50; i++)
        {
            var asked = await AskAsync(typed);
            asked.Answer.ShouldBe(CodeRequestAnswer.WrongAddress);
            asked.Mail.ShouldBeNull();
        }

        (await FindAsync()).CodesMailed.ShouldBe(0);
    }

    [Fact]
    public async Task No_code_is_mailed_where_the_mail_would_not_be_protected()
    {
        await PutAsync();
        plan = null;

        (await AskAsync()).Answer.ShouldBe(CodeRequestAnswer.NotSafe);
        (await FindAsync()).CodeSeed.ShouldBeEmpty();
        (await TryAsync(Generated)).ShouldBe(CodeAnswer.Right, "the sender's code opens the link all the same");
    }

    [Fact]
    public async Task Asked_for_again_within_a_minute_the_first_code_counts()
    {
        await PutAsync();
        await AskAsync();
        var first = await CodeAsync();

        var again = await AskAsync();

        again.Answer.ShouldBe(CodeRequestAnswer.Mailed);
        again.Mail.ShouldBeNull("one is on its way");
        time.Advance(MailedCode.Pause);
        (await AskAsync()).Mail.ShouldNotBeNull();
        (await TryAsync(first)).ShouldBe(CodeAnswer.Wrong, "the newest code alone opens");
        (await TryAsync(await CodeAsync())).ShouldBe(CodeAnswer.Right);
    }

    [Fact]
    public async Task Codes_of_one_moment_are_orders_of_their_own()
    {
        await PutAsync();
        var first = await AskAsync();
        await TryAsync(await CodeAsync());

        var second = await AskAsync();

        second.Mail.ShouldNotBeNull("the first is spent").ShouldNotBe(first.Mail, "the same order would start no mail");
        MailedCode
            .SerialOf(second.Row!)
            .ShouldNotBe(MailedCode.SerialOf(second.Row! with { LinkId = "another link of the same recipient" }));
    }

    [Fact]
    public async Task A_code_is_good_for_a_quarter_of_an_hour()
    {
        await PutAsync();
        await AskAsync();
        var code = await CodeAsync();

        time.Advance(MailedCode.Life);

        (await TryAsync(code)).ShouldBe(CodeAnswer.Wrong);
    }

    [Fact]
    public async Task So_many_are_mailed_in_a_day_and_to_a_network_address()
    {
        await PutAsync();
        for (var i = 0; i < MailedCode.MostADay; i++)
        {
            (await AskAsync(Holder, $"192.0.2.{i}")).Mail.ShouldNotBeNull();
            time.Advance(MailedCode.Pause);
        }

        (await AskAsync(Holder, "192.0.2.99")).Answer.ShouldBe(CodeRequestAnswer.TooMany);
        time.Advance(TimeSpan.FromDays(1));
        (await AskAsync(Holder, "192.0.2.99")).Mail.ShouldNotBeNull("another day");

        var requests = Requests();
        AskedCode? last = null;
        for (var i = 0; i <= ClientBudget.Most; i++)
        {
            await PutAsync();
            last = await requests.AskAsync(token, Holder, "192.0.2.1", default);
        }

        last!.Answer.ShouldBe(CodeRequestAnswer.TooMany);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_link_and_no_code_is_mailed_any_more()
    {
        await PutAsync();
        await AskAsync();
        var code = await CodeAsync();
        for (var i = 0; i < CodeTries.Most; i++)
        {
            await TryAsync($"0000000{i}");
        }

        (await TryAsync(code)).ShouldBe(CodeAnswer.Locked);
        time.Advance(MailedCode.Pause);
        (await AskAsync()).Answer.ShouldBe(CodeRequestAnswer.NotAsked);
    }

    [Fact]
    public async Task Of_many_who_type_the_code_at_one_time_one_gets_in()
    {
        await PutAsync();
        await AskAsync();
        var code = await CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(code)));

        answers.Count(answer => answer == CodeAnswer.Right).ShouldBe(1);
    }

    [Fact]
    public async Task The_right_code_that_was_counted_and_not_spent_opens_when_it_is_typed_again()
    {
        await PutAsync();
        await AskAsync();
        var code = await CodeAsync();
        var row = await FindAsync();
        await Links()
            .UpdateAsync(
                row with
                {
                    WrongCodes = CodeTries.Most,
                    LastWrongCode = Hash.For("wrong-code", token.LinkId, code),
                },
                default
            );

        (await TryAsync(code)).ShouldBe(CodeAnswer.Right);
    }

    [Theory]
    [InlineData(true, "Mail")]
    [InlineData(false, "Generated")]
    public async Task A_link_asks_for_a_mailed_code_only_where_the_verdict_reaches_the_policy(bool reaches, string kind)
    {
        var message = new MessageRow("m") { AccessCode = AccessCodeKind.Mail };
        var cause = new LinkCause("link-wished", HasNoTls: false) { MailsCodes = reaches };

        var its = await Locks().ForAsync(message, new RecipientRow("m", "a", 0) { Address = Holder }, cause, default);

        its.Kind.ToString().ShouldBe(kind);
    }
}
