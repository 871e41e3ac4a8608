using System.Net;
using TlsOrLink.Links;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>Who is told of a link by mail, and how often: reminders, first downloads, wishes for a new link.</summary>
public sealed class SenderMailTests(SenderMailTests.Office world) : IClassFixture<SenderMailTests.Office>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    public sealed class Office : DeliveryWorld
    {
        public ScriptedSmtp Inbox { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Inbox = await AddScriptedAsync("sender.example");
        }
    }

    [Fact]
    public async Task Who_has_downloaded_nothing_is_reminded_once_with_the_same_address_and_no_name_of_a_file()
    {
        var (server, id, mails) = await SendAsync("remind.test", """{ "remindBeforeHours": 24 }""", "idle", "busy");
        await mails["busy"].PressAsync(world.App.Client, 1);

        await FallDueAsync(mails["busy"]);
        await FallDueAsync(mails["idle"]);

        await Eventually.BeTrueAsync(() => server.Messages.Count == 3, Patience, () => world.App.Output);
        var reminder = server.Messages[^1];
        reminder.Recipients.ShouldBe(["idle@remind.test"]);
        var seen = await LinkMailSeen.ReadAsync(reminder);
        seen.Url.ShouldBe(mails["idle"].Url);
        seen.Text.ShouldNotContain("quotation");
        reminder.Text.ShouldNotContain("quotation");
        await FallDueAsync(mails["idle"]);
        server.Messages.Count.ShouldBe(3, "the same reminder is sent once");
        (await EventsAsync(id)).Split("\"link.expiring\"").Length.ShouldBe(2, "and told once");
        (await mails["idle"].OpenAsync(world.App.Client)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_sender_is_told_of_the_first_download_alone()
    {
        var (_, _, mails) = await SendAsync("notify.test", """{ "notifyOnDownload": true }""", "first", "other");
        for (var i = 0; i < 3; i++)
        {
            await mails["first"].PressAsync(world.App.Client, 1);
        }

        (await ToldAsync("first@notify.test")).ShouldContain("first@notify.test");
        await mails["other"].PressAsync(world.App.Client, 1);
        await ToldAsync("other@notify.test");
        var told = await ToldOfAsync("@notify.test");
        told.Count.ShouldBe(2);
        told.ShouldAllBe(text => !text.Contains("quotation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scanner_that_knows_the_recipients_address_tells_the_sender_once_a_day()
    {
        var (_, _, mails) = await SendAsync("knowing.test", "{}", "taro");
        for (var i = 0; i < 50; i++)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("address", "taro@knowing.test")]);
            using var answer = await world.App.Client.PostAsync($"{mails["taro"].Url.AbsolutePath}/renew", form);
        }

        await ToldAsync("taro@knowing.test");
        (await ToldOfAsync("@knowing.test")).ShouldHaveSingleItem();
        await mails["taro"].PressAsync(world.App.Client, 1);
    }

    [Fact]
    public async Task Scanners_and_people_are_told_apart_in_the_trail_once_each()
    {
        var (_, id, mails) = await SendAsync("apart.test", "{}", "taro");
        var path = mails["taro"].Url.AbsolutePath;
        for (var i = 0; i < 3; i++)
        {
            await GetAsync(path, "curl/8.14.1", "");
            await GetAsync(path, "Mozilla/5.0 (compatible; Barracuda Sentinel)", "en");
        }

        for (var i = 0; i < 3; i++)
        {
            await GetAsync(
                path,
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/143.0.0.0 Safari/537.36",
                "ja,en;q=0.8"
            );
        }

        var opened = (await EventsAsync(id)).Split("\"link.opened\"");
        opened.Length.ShouldBe(3, "one of scanners, one of whoever else, in ten minutes");
        opened[1].ShouldContain("\"program\"");
        opened[2].ShouldNotContain("\"scanner\"");
    }

    private async Task GetAsync(string path, string agent, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (language.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        using var answer = await world.App.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>As if the time of the link's reminder had come; returns when the app has seen to it.</summary>
    private async Task FallDueAsync(LinkMailSeen mail)
    {
        LinkToken.TryParse(mail.Token, out var token).ShouldBeTrue();
        var tables = (await world.World.Azurite).NewTableClient();
        var (links, due) = (new LinkTable(tables, new DueTable(tables)), new DueTable(tables));
        var now = DateTimeOffset.UtcNow;
        var row = (await links.FindAsync(token!.LinkId, default)).ShouldNotBeNull();
        (await links.UpdateAsync(row with { RemindAt = now }, default)).ShouldBe(WriteOutcome.Done);
        await due.InsertAsync(new Due(DueKinds.Reminder, now, row.LinkId, row.MessageId), default);
        await Eventually.GetAsync(
            async () =>
                await due.ListAsync(DueKinds.Reminder, null, now, default).AnyAsync(one => one.Id == row.LinkId)
                    ? null
                    : "seen to",
            Patience,
            () => world.App.Output
        );
    }

    private async Task<(ScriptedSmtp Server, string Id, Dictionary<string, LinkMailSeen> Mails)> SendAsync(
        string domain,
        string link,
        params string[] recipients
    )
    {
        var server = await world.AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });
        var json = $$"""
            { "sender": "hanako@sender.example", "recipients": "{{string.Join(
                ';',
                recipients.Select(name => $"{name}@{domain}")
            )}}",
              "subject": "Papers", "body": { "text": "Please find it attached." },
              "attachments": [{ "name": "quotation.txt", "contentBytes": "{{Convert.ToBase64String(
                "confidential"u8
            )}}" }],
              "options": { "link": {{link}} } }
            """;
        var accepted = await world.Api.PostJsonAsync(json);
        await world.Api.WaitForCompletionAsync(accepted.Id);
        Dictionary<string, LinkMailSeen> mails = new(StringComparer.Ordinal);
        foreach (var mail in server.Messages)
        {
            mails[mail.Recipients[0].Split('@')[0]] = await LinkMailSeen.ReadAsync(mail);
        }

        return (server, accepted.Id, mails);
    }

    private async Task<string> EventsAsync(string id)
    {
        using var answer = await world.Api.GetAsync($"/api/messages/{id}/events");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> ToldAsync(string address) =>
        await Eventually.GetAsync(
            async () => (await ToldOfAsync(address)).Count > 0 ? (await ToldOfAsync(address))[0] : null,
            Patience,
            () => world.App.Output
        );

    private async Task<List<string>> ToldOfAsync(string address)
    {
        List<string> texts = [];
        foreach (var message in world.Inbox.Messages.ToArray())
        {
            using var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(message.Content));
            if (mail.TextBody?.Contains(address, StringComparison.Ordinal) == true)
            {
                texts.Add(mail.TextBody);
            }
        }

        return texts;
    }
}
