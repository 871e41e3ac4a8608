using System.Net;
using Azure;
using Azure.Data.Tables;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>What guessing, scanning and looking at dead links cost.</summary>
public sealed partial class LinkPageTests
{
    [Fact]
    public async Task The_four_ends_of_a_link_cost_the_same_storage_calls()
    {
        var (expired, revoked, used) = (
            await SendAsync("expired.test"),
            await SendAsync("revoked.test"),
            await SendAsync("used.test", """{ "maxDownloads": 1 }""")
        );
        await RevokeAsync(revoked.Id);
        (await PressAsync(used, ("address", used.Address))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await ExpireAsync(expired);
        var unknown = expired.Path[..^8] + "AAAAAAAA";

        var costs = new List<int>();
        foreach (
            var (path, status) in new[]
            {
                (unknown, HttpStatusCode.NotFound),
                (expired.Path, HttpStatusCode.Gone),
                (revoked.Path, HttpStatusCode.Gone),
                (used.Path, HttpStatusCode.Gone),
            }
        )
        {
            costs.Add(await LinkCallsAsync(async () => (await App.GetAsync(path)).StatusCode.ShouldBe(status)));
        }

        costs.ShouldAllBe(cost => cost == 1);
    }

    [Fact]
    public async Task A_scanner_that_presses_everything_fifty_times_leaves_the_link_usable()
    {
        var sent = await SendAsync("scanner.test", """{ "accessCode": "open sesame", "maxDownloads": 1 }""");
        var forms = new[] { "code", "mail-code", "files/1", "zip", "renew", "recheck" };

        for (var i = 0; i < 50; i++)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, sent.Path);
                using var answer = await App.SendAsync(request);
            }

            foreach (var form in forms)
            {
                using var empty = await SendFormAsync($"{sent.Path}/{form}", null);
                using var filled = await SendFormAsync(
                    $"{sent.Path}/{form}",
                    null,
                    ("code", "scanner"),
                    ("address", "scanner@security.test")
                );
            }
        }

        using var opened = await SendFormAsync($"{sent.Path}/code", null, ("code", "Open Sesame"));
        opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var pass = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var file = await SendFormAsync($"{sent.Path}/files/1", pass, ("address", sent.Address));
        file.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await App.GetStringAsync(file.Headers.Location!.AbsolutePath)).ShouldBe("confidential");
    }

    [Theory]
    [InlineData("ended.test", false)]
    [InlineData("withdrawn.test", true)]
    public async Task What_was_handed_out_under_our_own_host_ends_with_the_link(string domain, bool isRevoked)
    {
        var sent = await SendAsync(domain, files: ["one.txt", "two.txt"]);
        using var press = await SendFormAsync($"{sent.Path}/files/1", null, ("address", sent.Address));
        var bytes = press.Headers.Location!.AbsolutePath;
        (await App.GetStringAsync(bytes)).ShouldBe("confidential");

        await (isRevoked ? RevokeAsync(sent.Id) : ExpireAsync(sent));

        (await App.GetAsync(bytes)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        using var range = new HttpRequestMessage(HttpMethod.Get, bytes) { Headers = { Range = new(4, 7) } };
        (await App.SendAsync(range)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await App.GetAsync(sent.Path)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await PostAsync($"{sent.Path}/zip", ("address", sent.Address))).Status.ShouldBe(HttpStatusCode.Gone);
        (await PressAsync(sent, ("address", sent.Address))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    /// <summary>Lets a link's time be over without waiting for it.</summary>
    private async Task ExpireAsync(Sent sent)
    {
        var links = (await world.World.Azurite).NewTableClient().GetTableClient("Links");
        var id = (await world.Api.SeeAsync(sent.Id)).Recipients[0].Link!.Id;
        var change = new TableEntity(id, "l") { ["ExpiresAt"] = DateTimeOffset.UtcNow };
        await links.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge);
    }
}
