using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>Mail scanners open every link, press every button and submit every form: nothing may come of it.</summary>
public sealed class ScannerTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    private const int MostPages = 200;

    [Theory]
    [InlineData("kept", true)]
    [InlineData("dropped", false)]
    public async Task A_client_that_submits_every_form_of_every_mail_decides_nothing(string name, bool keepsCookies)
    {
        var linked = await world.AddScriptedAsync($"{name}.test", _ => new SmtpScript { OffersStartTls = false });
        var sent = (await world.Sender.PostAsync(null, $"a@{name}.test")).Id;
        var approval = (await world.Clerk.PostAsync(null, $"b@{name}.test")).Id;
        var manual = (await world.Sender.PostAsync(new { hold = "manual" }, $"c@{name}.test")).Id;
        var rejected = (await world.Clerk.PostAsync(null, $"d@{name}.test")).Id;
        await world.Sender.WaitAsync(sent, "completed");
        (await world.Desk.DecideAsync(rejected, "reject")).Status.ShouldBe(202);
        ScriptedMessage[] mails =
        [
            linked.Messages.Single(),
            await world.MailAsync("boss@sender.example", $"/approvals/{approval}"),
            await world.MailAsync(HoldApi.From, rejected),
        ];
        var before = await SeeAsync(sent, approval, manual, rejected);

        var pages = await ScanAsync(mails, keepsCookies);

        pages.ShouldBeGreaterThan(10, "there were pages and forms");
        (await SeeAsync(sent, approval, manual, rejected)).ShouldBe(before);
        before.ShouldContain("Held");
        linked.Messages.Count.ShouldBe(1, "and nothing was sent");
    }

    /// <summary>States, hold, and every link of the messages, as storage has them.</summary>
    private async Task<string> SeeAsync(params string[] ids)
    {
        var tables = (await world.World.Azurite).NewTableClient();
        List<string> seen = [];
        foreach (var id in ids)
        {
            var rows = tables
                .GetTableClient("Messages")
                .Query<Azure.Data.Tables.TableEntity>(row => row.PartitionKey == id);
            seen.AddRange(
                rows.Where(row => row.RowKey == "m" || row.RowKey.StartsWith("r:", StringComparison.Ordinal))
                    // A press is a download, which a scanner cannot be told from a person by.
                    .Select(row =>
                        $"{row.RowKey} {Word(row, "State").Replace("downloaded", "linked", StringComparison.Ordinal)} {Word(row, "DecidedBy")} {Word(row, "LinkHashes")} {Word(row, "LinkExpiresAt")}"
                    )
            );
            var links = tables
                .GetTableClient("Links")
                .Query<Azure.Data.Tables.TableEntity>(row => row.RowKey == "l")
                .Where(row => row.GetString("MessageId") == id);
            seen.AddRange(links.Select(row => $"{row.PartitionKey} {Word(row, "ExpiresAt")} {Word(row, "RevokedAt")}"));
        }

        return string.Join('\n', seen.Order(StringComparer.Ordinal)).Replace("held", "Held", StringComparison.Ordinal);
    }

    private static string Word(Azure.Data.Tables.TableEntity row, string column) =>
        row.TryGetValue(column, out var value) ? $"{value}" : "";

    /// <summary>Follows every link, sends every form with every button and with junk in its fields, and does the same to what it is answered.</summary>
    private async Task<int> ScanAsync(ScriptedMessage[] mails, bool keepsCookies)
    {
        var browser = new Browser(world.App, keepsCookies);
        var paths = new Queue<string>(mails.SelectMany(MailText.PathsOf));
        paths.Count.ShouldBeGreaterThanOrEqualTo(2, "a link mail and an approval mail have links");
        HashSet<string> visited = new(StringComparer.Ordinal);
        HashSet<string> submitted = new(StringComparer.Ordinal);
        var sent = 0;
        while (paths.TryDequeue(out var path) && sent < MostPages)
        {
            if (!visited.Add(path))
            {
                continue;
            }

            await browser.SendAsync(HttpMethod.Head, path);
            var page = await browser.GetAsync(path);
            sent += 2;
            var found = page.Links.Concat(page.Location is { } to && to.StartsWith('/') ? [to] : []);
            foreach (var form in page.Forms.Where(form => form.Action.StartsWith('/')))
            {
                foreach (var fields in WaysOf(form).Where(way => submitted.Add($"{form.Action} {Keys(way)}")))
                {
                    var answer = await browser.SendAsync(HttpMethod.Post, form.Action, fields);
                    sent++;
                    found = found
                        .Concat(answer.Links)
                        .Concat(answer.Location is { } location && location.StartsWith('/') ? [location] : []);
                }
            }

            foreach (var next in found)
            {
                paths.Enqueue(next);
            }
        }

        return sent;
    }

    /// <summary>Without a button, and with each: fields as they are, and filled in where they are empty.</summary>
    private static IEnumerable<Dictionary<string, string>> WaysOf(Browser.Form form)
    {
        var filled = form.Fields.ToDictionary(
            field => field.Key,
            field => field.Value.Length > 0 ? field.Value : "123456",
            StringComparer.Ordinal
        );
        yield return new Dictionary<string, string>(form.Fields, StringComparer.Ordinal);
        yield return filled;
        foreach (var (name, value) in form.Buttons)
        {
            yield return new Dictionary<string, string>(filled, StringComparer.Ordinal) { [name] = value };
        }

        // What the page behind the sign-in would send.
        foreach (var decision in (string[])["approve", "reject"])
        {
            yield return new Dictionary<string, string>(filled, StringComparer.Ordinal) { ["decision"] = decision };
        }
    }

    private static string Keys(Dictionary<string, string> fields) =>
        string.Join(
            '&',
            fields.Where(field => field.Key != "anti-forgery").Select(field => $"{field.Key}={field.Value}")
        );
}
