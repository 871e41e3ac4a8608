using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Mime;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>Every message of the corpus through the real app, to a domain with TLS and to one that knows neither TLS nor 8BITMIME.</summary>
public sealed class MimeCorpusTests(DeliveryWorld world, ITestOutputHelper output) : IClassFixture<DeliveryWorld>
{
    private const int Files = 3;

    [Fact]
    public async Task Every_message_arrives_as_it_was_over_TLS_and_without_its_files_where_there_is_none()
    {
        var secure = await world.AddScriptedAsync("secure.test");
        var clear = await world.AddScriptedAsync(
            "clear.test",
            _ => new SmtpScript { OffersStartTls = false, Extensions = ["SIZE 209715200"] }
        );
        ConcurrentBag<string> ids = [];
        await Parallel.ForEachAsync(MimeCorpus.All, async (sample, _) => ids.Add(await PostAsync(sample)));
        foreach (var id in ids)
        {
            await world.Api.WaitForCompletionAsync(id);
        }

        List<string> faults = [.. MimeCorpus.All.SelectMany(sample => OverTls(sample, secure))];
        var mails = MimeCorpus.All.ToDictionary(s => s.Name, s => InClear(s, clear), StringComparer.Ordinal);
        var python = await PythonMail.ReadAsync(mails.ToDictionary(mail => mail.Key, mail => mail.Value.Mail));
        foreach (var sample in MimeCorpus.All)
        {
            var (message, mail) = mails[sample.Name];
            faults.AddRange(LinkMailFaults.Of(sample, mail, python[sample.Name]).Select(f => $"{sample.Name}: {f}"));
            faults.AddRange(await BehindTheLinkAsync(sample, message));
        }

        faults.ShouldBeEmpty();
        foreach (var sent in clear.Connections.Select(c => c.Clear).Concat(secure.Connections.Select(c => c.UnderTls)))
        {
            sent.Replace("\r\n", "", StringComparison.Ordinal)
                .AsSpan()
                .IndexOfAny('\r', '\n')
                .ShouldBe(-1, "a server that takes a bare CR or LF for a line end would see another message");
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{MimeCorpus.All.Count} messages: {string.Join(", ", MimeCorpus.All.CountBy(s => s.Way).Select(w => $"{w.Value} {w.Key}"))}"
            )
        );
    }

    private async Task<string> PostAsync(MimeSample sample)
    {
        using var content = new ByteArrayContent(sample.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = content };
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        request.Headers.Add("X-Envelope-From", "hanako@sender.example");
        request.Headers.Add("X-Envelope-To", $"{sample.Name}@secure.test, {sample.Name}@clear.test");
        using var answer = await world.App.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, $"{sample} {await answer.Content.ReadAsStringAsync()}");
        return (await MessageApi.ReadAsync(answer)).Id;
    }

    private static IEnumerable<string> OverTls(MimeSample sample, ScriptedSmtp server)
    {
        var arrived = Of(sample, server);
        if (arrived is not [{ OverTls: true } message])
        {
            yield return $"{sample}: {arrived.Count} messages over TLS";
        }
        else if (!WithoutReceived(message.Content).AsSpan().SequenceEqual(sample.Transparent))
        {
            yield return $"{sample}: over TLS came\n{message.Text}\nfor\n{Encoding.Latin1.GetString(sample.Transparent)}";
        }
    }

    private static (ScriptedMessage Message, byte[] Mail) InClear(MimeSample sample, ScriptedSmtp server)
    {
        var message = Of(sample, server).ShouldHaveSingleItem(sample.Name);
        return (message, sample.Way == MimeWay.NoFiles ? WithoutReceived(message.Content) : message.Content);
    }

    private static IReadOnlyList<ScriptedMessage> Of(MimeSample sample, ScriptedSmtp server) =>
        [.. server.Messages.Where(m => m.Recipients.Any(to => to.StartsWith($"{sample}@", StringComparison.Ordinal)))];

    /// <summary>Without the field that the service prepends.</summary>
    private static byte[] WithoutReceived(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        var end = text.IndexOf("\r\n", text.IndexOf("\r\n\t", StringComparison.Ordinal) + 2, StringComparison.Ordinal);
        return text.StartsWith("Received: by ", StringComparison.Ordinal) ? content[(end + 2)..] : content;
    }

    private async Task<IEnumerable<string>> BehindTheLinkAsync(MimeSample sample, ScriptedMessage message)
    {
        if (sample.Way == MimeWay.NoFiles)
        {
            return [];
        }

        IReadOnlyList<SampleFile> wanted =
            sample.Way == MimeWay.Whole ? [new SampleFile("message.eml", sample.Transparent)] : sample.Files;
        var mail = await LinkMailSeen.ReadAsync(message);
        List<string> faults = [];
        foreach (var (i, file) in wanted.Take(Files).Index())
        {
            var got = await mail.DownloadAsync(world.App.Client, world.World, i + 1);
            if (!got.AsSpan().SequenceEqual(file.Content))
            {
                faults.Add($"{sample}: the file '{file.Name}' is another one behind the link");
            }
        }

        return faults;
    }
}
