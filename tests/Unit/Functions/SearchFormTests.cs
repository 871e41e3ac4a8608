using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Functions;

/// <summary>What a search may ask, and how it is continued.</summary>
public sealed class SearchFormTests
{
    private static readonly Continuations Continuations = new(
        new AddressHash(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) }))
    );

    private static readonly SearchTerms All = new(null, null, null, null, null, 25);

    private static readonly SearchPlace Place = new(
        new IndexEntry("0123456789abcdef0123456789abcdef", new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero)),
        new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)
    );

    [Theory]
    [InlineData("?sender=&recipient=&state=&from=&to=&top=&continuation=")]
    [InlineData("")]
    [InlineData("?sender=hanako%40sender.example&recipient=taro%2Bx%40partner.example&state=held&top=100&lang=ja")]
    [InlineData("?from=2026-01-09&to=2026-01-10T00:00:00+09:00")]
    [InlineData("?from=2026-01-09T00:00:00.123Z")]
    public void Takes_terms_in_a_URL(string query) => ErrorsOf(query).ShouldBeEmpty();

    [Theory]
    [InlineData("?sender=hanako", "sender")]
    [InlineData("?recipient=a@b.example,c@d.example", "recipient")]
    [InlineData("?state=gone", "state")]
    [InlineData("?state=Held", "state")]
    [InlineData("?state=3", "state")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=1/2/2026", "from")]
    [InlineData("?from=2026-01-09T00:00:00", "from")]
    [InlineData("?to=2026-02-30", "to")]
    [InlineData("?from=2026-01-10&to=2026-01-10", "to")]
    [InlineData("?top=0", "top")]
    [InlineData("?top=101", "top")]
    [InlineData("?top=-1", "top")]
    [InlineData("?top=1e2", "top")]
    [InlineData("?top=99999999999999999999", "top")]
    [InlineData("?top=1&top=2", "top")]
    [InlineData("?recipent=a@b.example", "recipent")]
    public void Names_the_term_that_is_wrong(string query, string name) => ErrorsOf(query).Keys.ShouldBe([name]);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "sender": "a@b.example", "recipient": null, "state": "", "top": 7 }""")]
    public void Takes_terms_in_a_body(string body) => ErrorsOfBody(body).ShouldBeEmpty();

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    [InlineData("""{ "sender": "\ud800" }""", "$")]
    [InlineData("""{ "top": "7" }""", "top")]
    [InlineData("""{ "top": 7.5 }""", "top")]
    [InlineData("""{ "sender": ["a@b.example"] }""", "sender")]
    [InlineData("""{ "sender": "a@b.example", "sender": "c@d.example" }""", "sender")]
    [InlineData("""{ "subject": "x" }""", "subject")]
    public void Names_what_is_wrong_in_a_body(string body, string name) => ErrorsOfBody(body).Keys.ShouldBe([name]);

    [Fact]
    public void A_continuation_leads_back_to_its_place() =>
        Continuations.Read("me", All, Continuations.Of("me", All, Place)!).ShouldBe(Place);

    [Fact]
    public void A_continuation_may_be_used_with_pages_of_another_size() =>
        Continuations.Read("me", All with { Top = 3 }, Continuations.Of("me", All, Place)!).ShouldBe(Place);

    [Fact]
    public void A_continuation_is_its_callers_and_its_searchs_alone()
    {
        var text = Continuations.Of("me", All, Place)!;
        Continuations.Read("you", All, text).ShouldBeNull();
        Continuations.Read("me", All with { State = MessageState.Held }, text).ShouldBeNull();
        Continuations.Read("me", All with { From = Place.Oldest }, text).ShouldBeNull();
    }

    [Fact]
    public void A_continuation_that_was_changed_or_made_up_is_refused()
    {
        var text = Continuations.Of("me", All, Place)!;
        for (var i = 0; i < text.Length - 1; i++) // the last character may bear bits that mean nothing
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Continuations.Read("me", All, changed).ShouldBeNull(changed);
        }

        string[] hostile =
        [
            ".",
            "..",
            "...",
            "0",
            "AAAA",
            text[..^4],
            text + text,
            $"{text}====",
            new string('A', 100_000),
            "%00",
            "\0",
            "' or 1 eq 1",
            "日本",
            WebEncoders.Base64UrlEncode("1.2.3.4"u8),
            WebEncoders.Base64UrlEncode("9223372036854775807..0."u8),
            WebEncoders.Base64UrlEncode([0xFF, 0xFE, 0x2E]),
        ];
        foreach (var given in hostile)
        {
            Continuations.Read("me", All, given).ShouldBeNull(given);
        }
    }

    private static Dictionary<string, string[]> ErrorsOf(string query) =>
        Errors(SearchForm.Of(new QueryCollection(QueryHelpers.ParseQuery(query))));

    private static Dictionary<string, string[]> ErrorsOfBody(string body) =>
        Errors(SearchForm.Of(Encoding.UTF8.GetBytes(body)));

    private static Dictionary<string, string[]> Errors(SearchForm form)
    {
        SearchTerms.Read(form.Given, form.Errors);
        return form.Errors;
    }
}
