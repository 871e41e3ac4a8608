using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Benchmarks.World;

/// <summary>Messages of a given size, and how they are handed over.</summary>
internal static partial class Mail
{
    /// <summary>A raw message with one attachment, of about so many bytes altogether.</summary>
    public static byte[] OfBytes(int bytes)
    {
        var file = RandomNumberGenerator.GetBytes(Math.Max(100, (bytes - 500) / 78 * 57));
        return Encoding.ASCII.GetBytes(
            $"""
            Date: Fri, 09 Jan 2026 10:01:00 +0900
            From: Hanako <{BenchWorld.Sender}>
            To: undisclosed-recipients:;
            Message-ID: <quotation.1@sender.example>
            Subject: Quotation
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_mail"

            --=_mail
            Content-Type: text/plain; charset=UTF-8

            Dear Sirs, our quotation is attached.
            --=_mail
            Content-Type: application/octet-stream; name="quotation.bin"
            Content-Disposition: attachment; filename="quotation.bin"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}
            --=_mail--

            """.ReplaceLineEndings("\r\n")
        );
    }

    /// <summary>Hands a raw message over; it must be taken.</summary>
    /// <returns>Its id.</returns>
    public static Task<string> PostAsync(
        AppProcess app,
        HttpContent content,
        params IReadOnlyCollection<string> recipients
    )
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return PostAsync(
            app,
            content,
            request =>
            {
                request.Headers.Add("X-Envelope-From", BenchWorld.Sender);
                request.Headers.Add("X-Envelope-To", string.Join(", ", recipients));
            }
        );
    }

    /// <summary>Hands a body of any form over; it must be taken.</summary>
    public static async Task<string> PostAsync(
        AppProcess app,
        HttpContent content,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = content };
        request.Headers.Add("x-functions-key", BenchWorld.CallerKey);
        change?.Invoke(request);
        using var answer = await app.Client.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.Accepted
            ? JsonElement.Parse(said).GetProperty("id").GetString()!
            : throw new InvalidOperationException($"{answer.StatusCode}: {said}\n{app.Output}");
    }

    /// <summary>Posts so many messages, so many at a time, to one recipient each.</summary>
    public static Task PostManyAsync(
        AppProcess app,
        int count,
        int clients,
        byte[] message,
        Func<int, string> recipient
    ) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = clients },
            async (n, _) =>
            {
                using var content = new ByteArrayContent(message);
                await PostAsync(app, content, recipient(n));
            }
        );

    /// <summary>Waits until so many recipients in the life of the app have been accepted over TLS, and their rows say so.</summary>
    public static async Task AcceptedAsync(AppProcess app, int recipients)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var seen = 0;
        try
        {
            await app.Log.WaitForAsync(line => (seen += Accepted(line)) >= recipients, patience.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(
                $"{seen} of {recipients} recipients were accepted. The app says:\n{app.Output}",
                e
            );
        }
    }

    /// <summary>What the app logs at the end of a run over a range of recipients.</summary>
    private static int Accepted(string line) =>
        Sent().Match(line) is { Success: true } sent ? int.Parse(sent.Groups["count"].Value) : 0;

    [GeneratedRegex(@", route Tls: (?<count>\d+) finished", RegexOptions.ExplicitCapture)]
    private static partial Regex Sent();
}
