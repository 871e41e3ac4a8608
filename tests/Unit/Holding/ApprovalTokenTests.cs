using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Holding;

public sealed class ApprovalTokenTests
{
    private static readonly string Id = new('a', 32);
    private static readonly AddressHash Hash = new(
        Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) })
    );
    private static readonly ApprovalTokens Tokens = new(
        Hash,
        Options.Create(new LinkOptions { Host = new Uri("https://links.sender.example/base/") })
    );

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_token_names_the_message_and_the_approver_and_no_other()
    {
        var token = Tokens.Of(Id, "boss");

        Tokens.Read(token.Text).ShouldBe(token);
        Tokens.UrlOf(Id, "boss").AbsoluteUri.ShouldBe($"https://links.sender.example/base/approvals/{token.Text}");
        Tokens.Read(token.Text.Replace("boss", "chief", StringComparison.Ordinal)).ShouldBeNull();
        Tokens.Read(token.Text.Replace('a', 'b')).ShouldBeNull();
        Tokens.Read(token.Text + ".").ShouldBeNull();
        Tokens.Read("").ShouldBeNull();
        $"{token}".ShouldNotContain(Id);
    }

    [Fact]
    public void A_session_is_one_approvers_until_it_ends_or_the_PIN_changes()
    {
        var (cookie, until) = Sessions("old").Open("boss");

        Sessions("old").Read(cookie).ShouldBe("boss");
        Sessions("new").Read(cookie).ShouldBeNull("the PIN was changed");
        Sessions("old").Read(cookie.Replace("boss", "chief", StringComparison.Ordinal)).ShouldBeNull();
        Sessions("old").Read(null).ShouldBeNull();
        clock.SetUtcNow(until);
        Sessions("old").Read(cookie).ShouldBeNull();
    }

    [Fact]
    public void A_form_is_of_one_page_and_one_sign_in()
    {
        var (page, sessions) = (Tokens.Of(Id, "boss"), Sessions("old"));
        var token = sessions.FormTokenOf(page, "cookie");

        sessions.IsFormOf(page, "cookie", token).ShouldBeTrue();
        sessions.IsFormOf(page, "", token).ShouldBeFalse();
        sessions.IsFormOf(Tokens.Of(Id, "chief"), "cookie", token).ShouldBeFalse();
        sessions.IsFormOf(page, "cookie", null).ShouldBeFalse();
    }

    private ApproverSessions Sessions(string pinHash) =>
        new(
            Hash,
            Options.Create(new HoldingOptions()),
            Options.Create(new ApproversOptions { Approvers = [new() { Name = "boss", PinHash = pinHash }] }),
            clock
        );
}
