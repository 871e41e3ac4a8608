using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Links of mode <c>sas</c>: where they may be, and what goes with them.</summary>
public sealed class LinkModeTests
{
    private static readonly AccessCodeWish Code = new(AccessCodeKind.Generated);

    [Theory]
    [InlineData(null, "Page", null)]
    [InlineData("Page", "Page", null)]
    [InlineData("Sas", "Page", "policy-floor")]
    [InlineData(null, "Sas", null)]
    [InlineData("Sas", "Sas", null)]
    [InlineData("Page", "Sas", null)]
    public void A_sender_may_ask_for_what_is_stricter(string? asked, string set, string? problem) =>
        Judge(new LinkWish { Mode = Mode(asked) }, set).ShouldBe(problem);

    [Fact]
    public void What_needs_a_page_is_refused_without_one()
    {
        Judge(new LinkWish { AccessCode = Code }, "Sas").ShouldNotBeNull();
        Judge(new LinkWish { MaxDownloads = 1 }, "Sas").ShouldNotBeNull();
        Judge(LinkWish.None, "Sas", hours: 169).ShouldNotBeNull();
        Judge(LinkWish.None, "Sas", hours: 168).ShouldBeNull();
        var page = new LinkWish
        {
            Mode = LinkMode.Page,
            AccessCode = Code,
            MaxDownloads = 1,
        };
        Judge(page, "Sas", hours: 2232).ShouldBeNull();
    }

    [Theory]
    [InlineData(false, false, "Sas", "Sas", null, null)]
    [InlineData(true, false, "Page", "Sas", "Page", null)]
    [InlineData(false, true, "Page", "SameHost", "Page", "SameHost")]
    public void A_caller_may_be_stricter_than_the_others_and_its_messages_say_so(
        bool paged,
        bool sameHost,
        string mode,
        string bytes,
        string? statedMode,
        string? statedBytes
    )
    {
        var policy = LinkPolicy.Of(LinkMode.Sas, LinkBytes.Sas, paged, sameHost);

        ($"{policy.Mode}", $"{policy.Bytes}").ShouldBe((mode, bytes));
        var stated = policy.Complete(LinkWish.None);
        (stated.Mode?.ToString(), stated.Bytes?.ToString()).ShouldBe((statedMode, statedBytes));
        policy.Complete(new LinkWish { Mode = LinkMode.Page }).Mode.ShouldBe(LinkMode.Page);
    }

    [Theory]
    [InlineData("Sas", "Page", "SameHost", "policy-floor")]
    [InlineData("SameHost", "Page", "Sas", null)]
    [InlineData("SameHost", "Page", "SameHost", null)]
    [InlineData("SameHost", "Sas", "Sas", "invalid-message")]
    public void Where_the_bytes_come_from_may_be_asked_for_where_there_is_a_page(
        string asked,
        string mode,
        string bytes,
        string? problem
    )
    {
        var wish = new IntakeOptionsAsked { Link = new LinkWish { Bytes = Enum.Parse<LinkBytes>(asked) } };
        var policy = new LinkPolicy(Enum.Parse<LinkMode>(mode), Enum.Parse<LinkBytes>(bytes));

        var refusal = Record.Exception(() => LinkModeRules.Check(wish, policy)) as IntakeRefusal;

        refusal?.Problem.Type.ShouldBe(problem);
        (refusal is null).ShouldBe(problem is null);
    }

    [Fact]
    public void Settings_that_contradict_each_other_stop_the_start()
    {
        Failures(new LinkOptions()).ShouldBeEmpty();
        Failures(new LinkOptions { AccessCode = AccessCodeKind.Generated }).ShouldContain("Links:AccessCode");
        Failures(new LinkOptions { MaxDownloads = 2 }).ShouldContain("Links:MaxDownloads");
        Failures(new LinkOptions { Bytes = LinkBytes.SameHost }).ShouldContain("Links:Bytes");
        Failures(new LinkOptions { Life = TimeSpan.FromDays(8) }).ShouldContain("Links:Life");
    }

    private static string Failures(LinkOptions options)
    {
        options.Mode = LinkMode.Sas;
        options.Host = new Uri("https://files.sender.example");
        options.CompanyName = "x";
        var check = new LinkOptionsCheck(
            new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Production" }
        );
        return string.Join('\n', check.Validate(null, options).Failures ?? []);
    }

    private static string? Judge(LinkWish wish, string set, int? hours = null) =>
        (
            Record.Exception(() =>
                LinkModeRules.Check(
                    new IntakeOptionsAsked { LinkLifeHours = hours, Link = wish },
                    new LinkPolicy(Mode(set)!.Value, LinkBytes.Sas)
                )
            ) as IntakeRefusal
        )
            ?.Problem
            .Type;

    private static LinkMode? Mode(string? word) => word is null ? null : Enum.Parse<LinkMode>(word);
}
