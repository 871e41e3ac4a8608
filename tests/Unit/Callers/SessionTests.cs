using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Callers;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Callers;

public sealed class SessionTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_cookie_comes_back_as_the_session_until_it_ends()
    {
        var sessions = New("key");
        var session = sessions.Open(new Caller("flow", CallerRoles.Sender, []));
        var cookie = sessions.Write(session);

        sessions.Read(cookie)!.Caller.Name.ShouldBe("flow");
        sessions.Read(cookie)!.Id.ShouldBe(session.Id);
        cookie.ShouldNotContain("key");
        clock.Advance(TimeSpan.FromHours(2));
        sessions.Read(cookie).ShouldBeNull("two hours are over");
    }

    [Fact]
    public void A_cookie_that_was_changed_anywhere_is_none()
    {
        var sessions = New("key");
        var cookie = sessions.Write(sessions.Open(new Caller("flow", CallerRoles.Sender, [])));

        for (var i = 0; i < cookie.Length; i++)
        {
            var changed = cookie[..i] + (cookie[i] == '0' ? '1' : '0') + cookie[(i + 1)..];
            sessions.Read(changed).ShouldBeNull(changed);
        }

        sessions.Read(null).ShouldBeNull();
        sessions.Read("").ShouldBeNull();
        sessions.Read("flow.99999999999..").ShouldBeNull();
        sessions.Read(new string('.', 10_000)).ShouldBeNull();
    }

    [Fact]
    public void A_new_key_of_the_caller_or_of_the_app_ends_every_session()
    {
        var cookie = New("old").Write(New("old").Open(new Caller("flow", CallerRoles.Sender, [])));

        New("old").Read(cookie).ShouldNotBeNull();
        New("new").Read(cookie).ShouldBeNull();
        New("old", secret: 2).Read(cookie).ShouldBeNull();
    }

    [Fact]
    public void A_token_is_one_persons_and_one_sessions()
    {
        var sessions = New("key");
        var (flow, script) = (new Caller("flow", default, []), new Caller("script", default, []));
        string[] tokens =
        [
            sessions.TokenOf(flow, "a"),
            sessions.TokenOf(flow, "b"),
            sessions.TokenOf(script, "a"),
            sessions.TokenOf(flow, null),
            sessions.SignInTokenOf("a"),
        ];

        tokens.Distinct().Count().ShouldBe(tokens.Length);
        Sessions.Same(null, "").ShouldBeFalse();
        Sessions.Same(tokens[0], tokens[0]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/check", "/check")]
    [InlineData("/check?lang=ja", "/check?lang=ja")]
    [InlineData("/track/abc", "/track/abc")]
    [InlineData(null, "/check")]
    [InlineData("", "/check")]
    [InlineData("check", "/check")]
    [InlineData("//evil.example", "/check")]
    [InlineData("/\\evil.example", "/check")]
    [InlineData("/\t/evil.example", "/check")]
    [InlineData("\t//evil.example", "/check")]
    [InlineData("https://evil.example/", "/check")]
    [InlineData("javascript:alert(1)", "/check")]
    [InlineData("/check\r\nSet-Cookie: a=b", "/check")]
    [InlineData("/x\u3002evil", "/check")]
    [InlineData("/signout", "/check")]
    [InlineData("/signin?return=/check", "/check")]
    public void Only_a_path_of_our_own_is_returned_to(string? wished, string expected) =>
        ReturnPath.Of(wished).ShouldBe(expected);

    [Theory]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"oid","val":"O-1"},{"typ":"name","val":"admin"}]}""", "O-1")]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"preferred_username","val":"a@x.example"}]}""", "a@x.example")]
    [InlineData("""{"auth_typ":"github","claims":[{"typ":"oid","val":"O-1"}]}""", "")]
    [InlineData("""{"claims":null}""", "")]
    [InlineData("no json", "")]
    public void A_principal_is_its_object_id_or_user_name(string json, string names) =>
        string.Join(' ', PrincipalHeader.Read(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)))).ShouldBe(names);

    [Fact]
    public void A_principal_that_is_not_base64_is_nobody() => PrincipalHeader.Read("%%%").ShouldBeEmpty();

    [Fact]
    public void Probes_are_lent_by_the_minute()
    {
        var options = new ProbeBudgetOptions { ProbesPerMinute = 60, ProbeBurst = 10 };
        var budget = new ProbeBudget(Options.Create(options), clock);

        budget.TryTake("flow", 10).ShouldBeNull();
        budget.TryTake("flow", 3).ShouldBe(TimeSpan.FromSeconds(3));
        budget.TryTake("script", 10).ShouldBeNull("every caller has a bucket of its own");
        clock.Advance(TimeSpan.FromSeconds(3));
        budget.TryTake("flow", 3).ShouldBeNull();
        clock.Advance(TimeSpan.FromHours(1));
        budget.TryTake("flow", 25).ShouldBeNull("a full bucket lends more than it holds");
        budget.TryTake("flow", 1).ShouldBe(TimeSpan.FromSeconds(16));
    }

    private Sessions New(string key, byte secret = 1)
    {
        var callers = new CallersOptions();
        callers.Callers.Add(
            new CallerSettings
            {
                Name = "flow",
                KeyHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
                Roles = ["sender"],
            }
        );
        var bytes = new byte[32];
        bytes[0] = secret;
        return new Sessions(
            new CallerDirectory(Options.Create(callers)),
            new AddressHash(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(bytes) })),
            Options.Create(new SessionOptions()),
            clock
        );
    }
}
