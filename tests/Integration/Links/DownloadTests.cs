using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>From the press of a button to the bytes, with user delegation over HTTPS as on Azure.</summary>
public sealed class DownloadTests(TestWorld world) : IClassFixture<TestWorld>, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> started = [];

    [Fact]
    public async Task A_file_with_a_Japanese_name_arrives_whole_under_its_name_and_can_be_resumed()
    {
        var (rooms, message) = await StartAsync();

        var press = await rooms.Get<Presses>().PressAsync(TokenOf(message), 1, PressProof.Nothing, default);

        press.State.ShouldBe(LinkState.Live);
        using var client = world.Authority.NewClient();
        using var answer = await client.GetAsync(press.Location);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("confidential1");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileNameStar.ShouldBe(StoredMessage.JapaneseName);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream", "it was declared text/html");

        using var resume = new HttpRequestMessage(HttpMethod.Get, press.Location);
        resume.Headers.Range = new RangeHeaderValue(7, null);
        using var rest = await client.SendAsync(resume);
        rest.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await rest.Content.ReadAsStringAsync()).ShouldBe("ntial1");
    }

    [Fact]
    public async Task The_URL_reads_one_blob_over_HTTPS_and_nothing_more()
    {
        var (rooms, message) = await StartAsync();
        var sas = (await rooms.Get<Presses>().PressAsync(TokenOf(message), 1, PressProof.Nothing, default)).Location!;

        sas.Query.ShouldContain("sp=r&");
        sas.Query.ShouldContain("sr=b&");
        sas.Query.ShouldContain("spr=https&");
        sas.Query.ShouldContain("skoid=", Case.Sensitive, "signed by user delegation, not by an account key");
        using var client = world.Authority.NewClient();
        using var deleted = await client.DeleteAsync(sas);
        deleted.IsSuccessStatusCode.ShouldBeFalse("the URL must not delete");
        var other = new UriBuilder(sas) { Path = sas.AbsolutePath[..^1] + "2" }.Uri;
        using var stolen = await client.GetAsync(other);
        stolen.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "the URL of file 1 must not read file 2");
    }

    [Fact]
    public async Task A_URL_past_its_life_is_refused()
    {
        var (_, message) = await StartAsync();
        var late = await StartRoomsAsync(
            new FakeTimeProvider(DateTimeOffset.UtcNow - SasLife.Least - TimeSpan.FromSeconds(5))
        );

        var sas = await late.Get<FileSas>()
            .IssueAsync(message.Links[0].Row.Files[0], DateTimeOffset.UtcNow.AddDays(1), default);

        using var client = world.Authority.NewClient();
        using var answer = await client.GetAsync(sas);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Many_presses_ask_for_one_delegation_key()
    {
        var (rooms, message) = await StartAsync();
        var proxy = await world.Storage;
        var before = proxy.Calls.Count;

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    rooms
                        .Get<Presses>()
                        .PressAsync(TokenOf(message, i % 2), 1 + (i / 2 % 2), PressProof.Nothing, default)
                )
        );

        proxy.CallsSince(before).Count(call => call.Kind == "userdelegationkey").ShouldBe(1);
    }

    [Fact]
    public async Task A_press_counts_once_in_ten_minutes_and_marks_the_recipient()
    {
        var (rooms, message) = await StartAsync();

        await rooms.Get<Presses>().PressAsync(TokenOf(message), 1, PressProof.Nothing, default);
        await rooms.Get<Presses>().PressAsync(TokenOf(message), 1, PressProof.Nothing, default);

        (await rooms.Get<LinkTable>().FindAsync(message.Links[0].Row.LinkId, default))!.Downloads.ShouldBe(1);
        (await message.RecipientsAsync())
            .Select(recipient => recipient.State)
            .ShouldBe([RecipientState.Downloaded, RecipientState.Linked]);
    }

    [Fact]
    public async Task A_download_goes_on_where_the_recipients_row_cannot_be_written()
    {
        var (rooms, message) = await StartAsync();
        var proxy = await world.Storage;
        using var failure = proxy.FailWhen(
            call => call.Entities.Any(entity => entity.Table == TableNames.Messages && entity.IsWrite),
            StorageFault.Unavailable
        );

        var press = await rooms.Get<Presses>().PressAsync(TokenOf(message), 1, PressProof.Nothing, default);

        press.Location.ShouldNotBeNull();
        failure.Count.ShouldBeGreaterThan(0, "the write must have been tried for this test to mean anything");
        (await message.RecipientsAsync())[0].State.ShouldBe(RecipientState.Linked);
    }

    [Fact]
    public async Task Random_tokens_find_nothing_and_cost_one_read_each_and_no_write()
    {
        var (rooms, _) = await StartAsync();
        var proxy = await world.Storage;
        var before = proxy.Calls.Count;

        for (var i = 0; i < 200; i++)
        {
            var press = await rooms.Get<Presses>().PressAsync(LinkToken.New(), 1, PressProof.Nothing, default);
            press.State.ShouldBe(LinkState.Unknown);
        }

        var calls = proxy.CallsSince(before);
        calls.Count.ShouldBe(200);
        calls.ShouldAllBe(call => !call.IsWrite);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in started)
        {
            await part.DisposeAsync();
        }
    }

    private static LinkToken TokenOf(StoredMessage message, int n = 0)
    {
        LinkToken.TryParse(message.Links[n].Url.Segments[^1], out var token).ShouldBeTrue();
        return token!;
    }

    private async Task<(Rooms Rooms, StoredMessage Message)> StartAsync()
    {
        var rooms = await StartRoomsAsync();
        return (rooms, await StoredMessage.NewAsync(rooms, TimeSpan.FromDays(7)));
    }

    private async Task<Rooms> StartRoomsAsync(TimeProvider? time = null)
    {
        var rooms = await Rooms.StartSecureAsync(
            await world.Storage,
            (await world.Identity).Credential,
            world.Authority.NewHandler(),
            time
        );
        started.Add(rooms);
        return rooms;
    }
}
