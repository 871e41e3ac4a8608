using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class AccessCodeTests
{
    private readonly MemoryTables tables = new();
    private readonly FakeTimeProvider time = new(Now.AddHours(1));
    private readonly LinkToken token = LinkToken.New();

    private static AddressHash Hash =>
        new(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) }));

    [Theory]
    [InlineData("ＡＢＣ１２３", "ABC123")]
    [InlineData(" abc-1 23 ", "ABC123")]
    [InlineData("さくら咲く頃", "さくら咲く頃")]
    [InlineData("12345", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("abc\u0000def", "")]
    [InlineData("abcde\ud800", "")]
    public void A_code_is_compared_as_people_mean_it(string? typed, string expected) =>
        AccessCodeText.Normalize(typed).ShouldBe(expected);

    [Fact]
    public void Whatever_is_typed_is_normalized_without_a_fault() =>
        Gen.String.Sample(
            text => AccessCodeText.Normalize(AccessCodeText.Normalize(text)) == AccessCodeText.Normalize(text),
            iter: Campaign.FewInputs
        );

    [Fact]
    public void A_slow_hash_knows_its_secret_and_no_other()
    {
        var hash = SlowHash.Of("ABC123");

        SlowHash.Matches("ABC123", hash).ShouldBeTrue();
        SlowHash.Matches("ABC124", hash).ShouldBeFalse();
        SlowHash.Of("ABC123").ShouldNotBe(hash, "each has a salt of its own");
        hash.ShouldNotContain("ABC123");
    }

    [Fact]
    public void A_generated_code_is_readable_the_same_again_and_another_for_another_message()
    {
        var code = Locks().CodeFor(Message("m1"))!;

        code.ShouldMatch("^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$");
        Locks().CodeFor(Message("m1")).ShouldBe(code);
        Locks().CodeFor(Message("m2")).ShouldNotBe(code);
        Locks().CodeFor(new MessageRow("m1")).ShouldBeNull("no code was asked for");
    }

    [Fact]
    public async Task The_right_code_opens_and_forgives()
    {
        await PutAsync(Coded() with { WrongCodes = 4 });

        (await TryAsync(Right)).ShouldBe(CodeAnswer.Right);
        (await FindAsync()).WrongCodes.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(CodeTries.Most)]
    public async Task The_right_code_that_was_counted_and_not_forgiven_opens_when_it_is_typed_again(int counted)
    {
        var mark = Hash.For("wrong-code", token.LinkId, AccessCodeText.Normalize(Right));
        await PutAsync(Coded() with { WrongCodes = counted, LastWrongCode = mark });

        (await TryAsync(Right)).ShouldBe(CodeAnswer.Right);
        (await FindAsync()).WrongCodes.ShouldBe(0);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_link_even_for_the_right_one()
    {
        await PutAsync(Coded());

        for (var i = 0; i < CodeTries.Most - 1; i++)
        {
            (await TryAsync($"WRONG{i}")).ShouldBe(CodeAnswer.Wrong);
        }

        (await TryAsync("WRONG9")).ShouldBe(CodeAnswer.Locked);
        (await TryAsync(Right)).ShouldBe(CodeAnswer.Locked);
    }

    [Fact]
    public async Task Tries_side_by_side_are_all_counted()
    {
        await PutAsync(Coded());

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => TryAsync($"GUESS{i}")));

        answers.ShouldContain(CodeAnswer.Locked);
        (await FindAsync()).WrongCodes.ShouldBe(CodeTries.Most);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("test")]
    public async Task What_a_scanner_posts_costs_no_try(string? typed)
    {
        await PutAsync(Coded());

        for (var i = 0; i < 50; i++)
        {
            (await TryAsync(typed)).ShouldBe(CodeAnswer.Wrong);
        }

        (await FindAsync()).WrongCodes.ShouldBe(0);
        (await TryAsync(Right)).ShouldBe(CodeAnswer.Right);
    }

    [Fact]
    public async Task The_same_wrong_code_again_is_one_mistake()
    {
        await PutAsync(Coded());

        for (var i = 0; i < 50; i++)
        {
            (await TryAsync("scanner-filled-this-in")).ShouldBe(CodeAnswer.Wrong);
        }

        (await FindAsync()).WrongCodes.ShouldBe(1);
    }

    [Fact]
    public async Task One_network_address_has_so_many_tries_over_all_links()
    {
        var tries = Tries();
        CodeAnswer last = default;
        for (var i = 0; i <= ClientBudget.Most; i++)
        {
            await PutAsync(Coded());
            last = (await tries.TryAsync(token, $"GUESS{i}", "192.0.2.1", default)).Answer;
        }

        last.ShouldBe(CodeAnswer.TooMany);
        (await tries.TryAsync(token, Right, "192.0.2.2", default)).Answer.ShouldBe(CodeAnswer.Right, "another address");
        time.Advance(ClientBudget.Window);
        (await tries.TryAsync(token, Right, "192.0.2.1", default)).Answer.ShouldBe(CodeAnswer.Right, "later");
    }

    [Fact]
    public async Task A_link_that_is_over_compares_nothing()
    {
        await PutAsync(Coded() with { RevokedAt = Now });

        (await TryAsync(Right)).ShouldBe(CodeAnswer.Over);
    }

    [Fact]
    public void A_pass_is_over_after_an_hour()
    {
        var pass = new LinkPass(Hash, Options.Create(new LinkOptions { Host = new Uri("https://x.example") }), time);
        var (value, _) = pass.Write(Coded());

        pass.Opens(Coded(), value).ShouldBeTrue();
        pass.Opens(Coded(), value + "0").ShouldBeFalse();
        pass.Opens(Coded(), null).ShouldBeFalse();
        pass.Opens(Row(), null).ShouldBeTrue("it asks for no code");
        time.Advance(TimeSpan.FromHours(1));
        pass.Opens(Coded(), value).ShouldBeFalse();
    }

    private string Right => Locks().CodeFor(Message(Row().MessageId))!.ToLowerInvariant();

    private LinkRow Coded() => Row() with { LinkId = token.LinkId, Lock = new LinkLock(AccessCodeKind.Generated, "") };

    private static MessageRow Message(string id) => new(id) { AccessCode = AccessCodeKind.Generated };

    private LinkLocks Locks() =>
        new(new PassphraseTable(tables, Hash), Hash, Options.Create(new LinkOptions { CompanyName = "x" }));

    private CodeTries Tries() =>
        new(Links(), Locks(), new Trail(Chained.Table(tables)), new ClientBudget(time), Hash, time);

    private LinkTable Links() => new(tables, new DueTable(tables));

    private Task PutAsync(LinkRow row) => Links().CreateAsync([row], default);

    private async Task<LinkRow> FindAsync() => (await Links().FindAsync(token.LinkId, default))!;

    private async Task<CodeAnswer> TryAsync(string? typed) =>
        (await Tries().TryAsync(token, typed, "192.0.2.9", default)).Answer;
}
