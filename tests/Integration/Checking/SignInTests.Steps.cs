using System.Net;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Checking;

/// <summary>What a browser does.</summary>
public sealed partial class SignInTests
{
    private async Task<string> SignInAsync() =>
        CookieOf(await SubmitAsync(await GetAsync("/signin"), TestWorld.CallerKey));

    private Task<Answer> SubmitAsync(Answer form, string key, string? token = null, string? wished = null) =>
        check.SendAsync(
            HttpMethod.Post,
            "/signin",
            null,
            Form(
                ("anti-forgery", token ?? TokenOf(form)),
                ("return", wished ?? WebUtility.HtmlDecode(Return().Match(form.Body).Groups["value"].Value)),
                ("key", key)
            ),
            ("Cookie", CookieOf(form))
        );

    private Task<Answer> GetAsync(string path, string? cookie = null) => SendAsync(HttpMethod.Get, path, cookie);

    private Task<Answer> SendAsync(HttpMethod method, string path, string? cookie) =>
        check.SendAsync(method, path, null, null, cookie is null ? [] : [("Cookie", cookie)]);

    private Task<Answer> PostAsync(string path, string cookie, Answer page, params (string, string)[] fields) =>
        PostAsync(path, cookie, TokenOf(page), fields);

    private Task<Answer> PostAsync(string path, string cookie, string token, params (string, string)[] fields) =>
        check.SendAsync(HttpMethod.Post, path, null, Form([("anti-forgery", token), .. fields]), ("Cookie", cookie));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string CookieOf(Answer answer) => answer.Headers["Set-Cookie"].Split(';')[0];

    private static string TokenOf(Answer answer) => Token().Match(answer.Body).Groups["value"].Value;

    [GeneratedRegex("name=\"anti-forgery\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("name=\"return\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Return();
}
