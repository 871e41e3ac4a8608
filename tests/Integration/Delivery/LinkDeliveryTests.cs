using System.Net;
using System.Text;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>Route <c>link</c> through the real app, with links that live for seconds.</summary>
public sealed class LinkDeliveryTests(LinkDeliveryTests.ShortLinks world) : IClassFixture<LinkDeliveryTests.ShortLinks>
{
    /// <summary>Long enough to press a button on a busy machine, short enough to wait for.</summary>
    public sealed class ShortLinks : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Links__Life", "00:00:30"), ("Purging__ContentLife", "00:00:00")];
    }

    [Fact]
    public async Task A_link_past_its_expiry_shows_the_expired_page_and_its_blob_goes()
    {
        var server = await world.AddScriptedAsync("plain.test", _ => new SmtpScript { OffersStartTls = false });
        var letter = new Letter("a@plain.test");

        var seen = await world.Api.DeliverAsync(letter);

        seen.Of("a@plain.test").State.ShouldBe("linked");
        var mail = await LinkMailSeen.ReadAsync(server.Messages.Single());
        server.Messages[0].Text.ShouldNotContain(letter.EncodedFile[..60]);
        (await mail.DownloadAsync(world.App.Client, world.World, 1)).ShouldBe(letter.File);
        using (var live = await mail.OpenAsync(world.App.Client))
        {
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await BlobsAsync("files", seen.Id)).ShouldNotBeEmpty();
        await Eventually.GetAsync(
            async () => (await BlobsAsync("files", seen.Id)).Count == 0 ? "gone" : null,
            Eventually.Patience,
            () => world.App.Output
        );
        using var expired = await mail.OpenAsync(world.App.Client);
        expired.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await expired.Content.ReadAsStringAsync()).ShouldNotContain(letter.FileName);
        using var press = await world.App.Client.PostAsync($"{mail.Url.AbsolutePath}/files/1", content: null);
        press.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await BlobsAsync("messages", seen.Id)).ShouldBeEmpty("the content of a finished message goes too");
        DateTimeOffset.UtcNow.ShouldBeGreaterThan(seen.Of("a@plain.test").Link!.ExpiresAt);
    }

    [Fact]
    public async Task Where_TLS_is_stripped_after_the_probe_a_link_goes_out_and_nothing_of_the_message_in_clear()
    {
        var server = await world.AddScriptedAsync(
            "stripped.test",
            connection => new SmtpScript { OffersStartTls = connection == 1 }
        );
        var letter = new Letter("a@stripped.test", "b@stripped.test");

        var seen = await world.Api.DeliverAsync(letter);

        seen.Recipients.ShouldAllBe(r => r.State == "linked" && r.PlannedRoute == "tls" && r.Route == "link");
        server.Messages.Count.ShouldBe(2, "each recipient has a link of its own");
        server.Messages.ShouldAllBe(message => !message.OverTls);
        foreach (var clear in server.Connections.Select(connection => connection.Clear))
        {
            clear.ShouldNotContain(letter.Text[..20]);
            clear.ShouldNotContain("begins with a dot");
            clear.ShouldNotContain(letter.EncodedFile[..60]);
            clear.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(letter.Text))[..40]);
            clear.ShouldNotContain(letter.FileName);
        }

        var mail = await LinkMailSeen.ReadAsync(server.Messages[0]);
        var whole = await mail.DownloadAsync(world.App.Client, world.World, 0);
        Encoding.UTF8.GetString(whole).ShouldBe(Encoding.UTF8.GetString(letter.Bytes), "the body is behind the link");
    }

    [Fact]
    public async Task Link_mails_of_one_domain_are_transactions_of_their_own_on_one_connection_and_answered_each_by_itself()
    {
        var server = await world.AddScriptedAsync(
            "many.test",
            _ => new SmtpScript
            {
                OffersStartTls = false,
                RecipientReply = to => to[0] == 'b' ? "550 5.1.1 not here" : "250 2.1.5 fine",
            }
        );

        var seen = await world.Api.DeliverAsync(new Letter("a@many.test", "b@many.test", "c@many.test"));

        seen.Recipients.Select(r => r.State).ShouldBe(["linked", "bounced", "linked"]);
        server.Messages.Select(m => m.Recipients.Single()).ShouldBe(["a@many.test", "c@many.test"]);
        server.Connections.Count.ShouldBe(2, "one probe, one connection for all the mails");
    }

    private async Task<IReadOnlyList<string>> BlobsAsync(string container, string id) =>
        await (await world.World.Azurite)
            .NewBlobClient()
            .GetBlobContainerClient(container)
            .GetBlobsAsync()
            .Where(blob => blob.Name.Contains($"/{id}/", StringComparison.Ordinal))
            .Select(blob => blob.Name)
            .ToListAsync();
}
