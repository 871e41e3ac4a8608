using System.Net;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>What a browser, or a mail scanner, does with a page: keeps cookies where it is told to, and finds its forms.</summary>
internal sealed partial class Browser(AppProcess app, bool keepsCookies = true)
{
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    public async Task<Seen> SendAsync(
        HttpMethod method,
        string path,
        IEnumerable<KeyValuePair<string, string>>? form = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        request.Content = form is null ? null : new FormUrlEncodedContent(form);
        using var answer = await app.Client.SendAsync(request);
        if (keepsCookies && answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set.Select(line => line.Split(';')[0].Split('=', 2)))
            {
                cookies[cookie[0]] = cookie[1];
            }
        }

        return new Seen(
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer.Headers.Location?.OriginalString,
            answer.Headers.TryGetValues("Set-Cookie", out var lines) ? string.Join('\n', lines) : ""
        );
    }

    public Task<Seen> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Fills in the form that has a field or button of that name, and submits it.</summary>
    public Task<Seen> SubmitAsync(Seen page, string field, string value)
    {
        var form = page.Forms.First(one =>
            one.Fields.ContainsKey(field) || one.Buttons.Any(button => button.Name == field)
        );
        return SendAsync(
            HttpMethod.Post,
            form.Action,
            new Dictionary<string, string>(form.Fields, StringComparer.Ordinal) { [field] = value }
        );
    }

    /// <summary>A page.</summary>
    internal sealed record Seen(int Status, string Html, string? Location, string SetCookie)
    {
        public IReadOnlyList<Form> Forms => [.. Form.In(Html)];

        /// <summary>Paths of links to ourselves.</summary>
        public IEnumerable<string> Links =>
            Href().Matches(Html).Select(match => WebUtility.HtmlDecode(match.Groups["path"].Value));
    }

    /// <summary>A form with its fields as they are.</summary>
    internal sealed record Form(
        string Action,
        IReadOnlyDictionary<string, string> Fields,
        IReadOnlyList<(string Name, string Value)> Buttons
    )
    {
        public static IEnumerable<Form> In(string html) =>
            FormElement()
                .Matches(html)
                .Select(match => new Form(
                    WebUtility.HtmlDecode(match.Groups["action"].Value),
                    Pairs(Input().Matches(match.Groups["inner"].Value))
                        .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
                    [.. Pairs(Button().Matches(match.Groups["inner"].Value))]
                ));

        private static IEnumerable<(string Name, string Value)> Pairs(MatchCollection elements) =>
            from element in elements
            let name = Attribute(element.Value, "name")
            where name.Length > 0
            select (name, Attribute(element.Value, "value"));

        private static string Attribute(string element, string name) =>
            WebUtility.HtmlDecode(
                Regex
                    .Match(element, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)
                    .Groups["value"]
                    .Value
            );
    }

    [GeneratedRegex(
        """<form[^>]*\saction="(?<action>[^"]*)"[^>]*>(?<inner>.*?)</form>""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex FormElement();

    [GeneratedRegex("<(input|textarea|select)[^>]*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Input();

    [GeneratedRegex("<button[^>]*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Button();

    [GeneratedRegex("href=\"(?<path>/[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Href();
}
