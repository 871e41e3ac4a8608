using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>How far an attachment of 100 MB, taken in and sent over TLS, raises the app's peak memory above what it idles at.</summary>
internal sealed class LargeAttachment : IRow
{
    private const string Recipient = "r@large.test";
    private const string Boundary = "=_mail";

    public string Name => "large-attachment";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var bytes = effort.Pick(5, 100, 100) * 1_000_000L;
        await using var world = new BenchWorld();
        await world.AddSinkAsync("large.test");
        List<Finding> findings = [];
        foreach (var (form, content) in Forms())
        {
            List<double> growth = [];
            var clock = Stopwatch.StartNew();
            for (var round = 0; round < effort.Rounds && (round < 3 || clock.Elapsed < effort.RowTime / 2); round++)
            {
                if (await GrowthAsync(world, effort, content, bytes) is not { } grown)
                {
                    break;
                }

                growth.Add(grown / 1_048_576);
            }

            findings.Add(Of($"{bytes / 1_000_000} MB attachment as {form}, taken in and sent", growth));
        }

        return findings;
    }

    private static Finding Of(string what, List<double> growth)
    {
        var goal = Goal.AtMost(64, "MiB of peak memory more");
        return growth.Count == 0
            ? Finding.NotBuilt(what, "idle", goal)
            : new(what, "idle", goal, new Samples(growth).Median, $"{new Samples(growth).Show("F0")} MiB");
    }

    /// <returns>Bytes; null where the form is not taken.</returns>
    private static async Task<double?> GrowthAsync(
        BenchWorld world,
        Effort effort,
        Func<long, HttpContent> content,
        long bytes
    )
    {
        await using var azurite = await world.StartAzuriteAsync();
        await using var app = await world.StartAppAsync(
            effort.App,
            azurite.ConnectionString,
            ("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "210000000")
        );
        if (!await TryPostAsync(app, content(30_000)))
        {
            return null;
        }

        await Mail.AcceptedAsync(app, 1);
        var idle = app.PeakMemoryBytes;
        await TryPostAsync(app, content(bytes));
        await Mail.AcceptedAsync(app, 2);
        return app.PeakMemoryBytes - idle;
    }

    private static async Task<bool> TryPostAsync(AppProcess app, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = content };
        request.Headers.Add("x-functions-key", BenchWorld.CallerKey);
        request.Headers.Add("X-Envelope-From", BenchWorld.Sender);
        request.Headers.Add("X-Envelope-To", Recipient);
        using var answer = await app.Client.SendAsync(request);
        return answer.StatusCode switch
        {
            HttpStatusCode.Accepted => true,
            HttpStatusCode.UnsupportedMediaType => false,
            _ => throw new InvalidOperationException(
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}\n{app.Output}"
            ),
        };
    }

    private static IEnumerable<(string Form, Func<long, HttpContent> Content)> Forms() =>
        [("JSON (base64)", Json), ("multipart", Multipart), ("raw MIME", Raw)];

    private static HttpContent Json(long bytes) =>
        Typed(
            "application/json",
            new GeneratedContent(
                $$"""
                {"sender":"{{BenchWorld.Sender}}","recipients":["{{Recipient}}"],"subject":"Drawings","body":{"text":"Attached."},
                "attachments":[{"name":"drawings.bin","contentType":"application/octet-stream","contentBytes":"
                """.ReplaceLineEndings(""),
                bytes,
                FileForm.Base64,
                "\"}]}"
            )
        );

    private static HttpContent Multipart(long bytes)
    {
        static string Field(string name, string value) =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

        return Typed(
            $"multipart/form-data; boundary=\"{Boundary}\"",
            new GeneratedContent(
                $"{Field("sender", BenchWorld.Sender)}{Field("recipients", Recipient)}{Field("subject", "Drawings")}{Field("text", "Attached.")}"
                    + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"drawings.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                bytes,
                FileForm.Binary,
                $"\r\n--{Boundary}--\r\n"
            )
        );
    }

    private static HttpContent Raw(long bytes) =>
        Typed(
            "message/rfc822",
            new GeneratedContent(
                $"""
                From: {BenchWorld.Sender}
                To: {Recipient}
                Subject: Drawings
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="{Boundary}"

                --{Boundary}
                Content-Type: text/plain

                Attached.
                --{Boundary}
                Content-Type: application/octet-stream; name="drawings.bin"
                Content-Disposition: attachment; filename="drawings.bin"
                Content-Transfer-Encoding: base64


                """.ReplaceLineEndings("\r\n"),
                bytes,
                FileForm.Base64Lines,
                $"\r\n--{Boundary}--\r\n"
            )
        );

    private static GeneratedContent Typed(string type, GeneratedContent content)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
