using System.Net;
using System.Text;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Checking;

/// <summary>A person with a browser that runs no script.</summary>
public sealed partial class SignInTests(CheckWorld check) : IClassFixture<CheckWorld>
{
    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_and_back()
    {
        var away = await GetAsync("/check?lang=en");
        away.Status.ShouldBe(HttpStatusCode.SeeOther);
        away.Headers["Location"].ShouldBe("/signin?return=%2Fcheck%3Flang%3Den");

        var form = await GetAsync(away.Headers["Location"] + "&lang=en");
        form.Status.ShouldBe(HttpStatusCode.OK);
        var entered = await SubmitAsync(form, TestWorld.CallerKey);

        entered.Status.ShouldBe(HttpStatusCode.SeeOther, entered.Body);
        entered.Headers["Location"].ShouldBe("/check?lang=en");
        var cookie = entered.Headers["Set-Cookie"];
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldNotContain(TestWorld.CallerKey);

        var page = await GetAsync("/check?lang=en", CookieOf(entered));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("Check before sending");
        page.Body.ShouldNotContain("<script");
        (await SendAsync(HttpMethod.Head, "/check", CookieOf(entered))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_this_host()
    {
        var form = await check.SendAsync(HttpMethod.Get, "/signin", null, null, ("X-Forwarded-Proto", "https"));

        form.Headers["Set-Cookie"].ShouldStartWith("__Host-signin=");
        form.Headers["Set-Cookie"].ShouldContain("secure", Case.Insensitive);
    }

    [Fact]
    public async Task A_person_checks_in_either_language_downloads_and_signs_out()
    {
        var session = await SignInAsync();
        var form = await GetAsync("/check?lang=en", session);

        var report = await PostAsync("/check?lang=en", session, form, ("recipients", "taro@good.test\nplain.test 30"));
        report.Status.ShouldBe(HttpStatusCode.OK, report.Body);
        report.Body.ShouldContain("Arrives directly, with its attachments, over TLS.");
        report.Body.ShouldContain("The server offers no TLS.");
        report.Body.ShouldContain("Turn STARTTLS on.");
        report.Body.ShouldContain("<details><summary>Evidence</summary>");

        var japanese = await PostAsync("/check?lang=ja", session, report, ("recipients", "good.test"));
        japanese.Body.ShouldContain("すべて TLS で直接届きます。");
        japanese.Body.ShouldContain("送信後の取り消しはできません");

        var csv = await PostAsync("/check?lang=en", session, report, ("recipients", "plain.test"), ("as", "csv"));
        csv.Headers["Content-Type"].ShouldStartWith("text/csv");
        csv.Body.ShouldContain("plain.test,,\"Download link\",link");

        var wrong = await PostAsync("/check?lang=en", session, form, ("recipients", "not-a-domain"));
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body.ShouldContain("Line 1");

        var left = await PostAsync("/signout", session, report);
        left.Status.ShouldBe(HttpStatusCode.SeeOther);
        left.Headers["Set-Cookie"].ShouldContain("1970");
    }

    [Fact]
    public async Task A_csv_is_uploaded_as_a_browser_does()
    {
        var session = await SignInAsync();
        var token = TokenOf(await GetAsync("/check", session));
        using var body = new MultipartFormDataContent
        {
            { new StringContent(token), "anti-forgery" },
            { new StringContent(""), "recipients" },
            {
                new ByteArrayContent(Encoding.UTF8.GetBytes("domain,mails\ngood.test,90\nplain.test,10\n")),
                "file",
                "p.csv"
            },
        };

        var report = await check.SendAsync(HttpMethod.Post, "/check?lang=en", null, body, ("Cookie", session));

        report.Status.ShouldBe(HttpStatusCode.OK, report.Body);
        report.Body.ShouldContain("90% arrives directly, over TLS: 90 mails of 100 mails.");
    }

    [Fact]
    public async Task A_forged_form_and_another_sites_post_are_refused()
    {
        var (session, other) = (await SignInAsync(), await SignInAsync());
        var form = await GetAsync("/check", session);

        (await PostAsync("/check", session, token: "", ("recipients", "good.test"))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await PostAsync("/check", other, form, ("recipients", "good.test"))).Status.ShouldBe(
            HttpStatusCode.Forbidden,
            "the token is of another session"
        );
        foreach (
            var header in new[]
            {
                ("Origin", "https://evil.example"),
                ("Origin", "null"),
                ("Sec-Fetch-Site", "cross-site"),
            }
        )
        {
            var answer = await check.SendAsync(
                HttpMethod.Post,
                "/check",
                null,
                Form(("anti-forgery", TokenOf(form)), ("recipients", "good.test")),
                ("Cookie", session),
                header
            );
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{header}");
        }

        var mine = await check.SendAsync(
            HttpMethod.Post,
            "/check",
            null,
            Form(("anti-forgery", TokenOf(form)), ("recipients", "good.test")),
            ("Cookie", session),
            ("Origin", check.App.Client.BaseAddress!.GetLeftPart(UriPartial.Authority))
        );
        mine.Status.ShouldBe(HttpStatusCode.OK, mine.Body);
    }

    [Fact]
    public async Task The_cookie_opens_pages_only_and_a_made_up_one_nothing()
    {
        var session = await SignInAsync();

        (await SendAsync(HttpMethod.Get, "/api/tls/domains/good.test", session)).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await GetAsync("/check", session[..^1] + (session[^1] == '0' ? '1' : '0'))).Status.ShouldBe(
            HttpStatusCode.SeeOther
        );
        (await check.SendAsync(HttpMethod.Get, "/check", "wrong-key", null, ("Cookie", session))).Status.ShouldBe(
            HttpStatusCode.SeeOther,
            "a wrong key is not made good by a cookie"
        );
    }

    [Fact]
    public async Task A_principal_that_the_platform_did_not_put_there_is_nobody()
    {
        var claims = """{"auth_typ":"aad","claims":[{"typ":"oid","val":"kit"}]}""";
        var header = ("x-ms-client-principal", Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)));

        (await check.SendAsync(HttpMethod.Get, "/check", null, null, header)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await check.SendAsync(HttpMethod.Get, "/api/tls/domains/good.test", null, null, header)).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task A_wrong_key_is_401_a_foreign_form_403_and_no_way_leads_outside()
    {
        var form = await GetAsync("/signin?return=//evil.example&lang=en");
        form.Body.ShouldNotContain("evil");

        (await SubmitAsync(form, "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SubmitAsync(form, TestWorld.CallerKey, token: "made-up")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var entered = await SubmitAsync(form, TestWorld.CallerKey, wished: "https://evil.example/");
        entered.Headers["Location"].ShouldBe("/check");
        check.App.Output.ShouldNotContain(TestWorld.CallerKey);
    }
}
