using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Faults;
using TlsOrLink.Links;
using TlsOrLink.Purging;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>What a URL that was handed out is worth once its link is over: user-delegation SAS over HTTPS, as on Azure.</summary>
public sealed class HandedOutTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task A_SAS_lives_no_longer_than_60_minutes_nor_than_its_link_and_none_follows_a_revocation()
    {
        await using var rooms = await StartAsync();
        var (week, soon) = (
            await StoredMessage.NewAsync(rooms, TimeSpan.FromDays(7), recipients: 1),
            await StoredMessage.NewAsync(rooms, TimeSpan.FromMinutes(5), recipients: 1)
        );
        var (sas, brief) = ((await PressAsync(week)).Location!, (await PressAsync(soon)).Location!);
        EndOf(sas).ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow + SasLife.Most);
        EndOf(brief).ShouldBeLessThanOrEqualTo(soon.Links[0].Row.ExpiresAt);

        await rooms.Get<LinkChanges>().RevokeAsync(week.Links[0].Row.LinkId, "caller:x", default);

        (await PressAsync(week)).Location.ShouldBeNull("no URL is handed out any more");
    }

    [Fact]
    public async Task Storage_itself_refuses_a_SAS_that_has_ended_whole_and_in_ranges()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow - SasLife.Least - TimeSpan.FromMinutes(1));
        await using var rooms = await StartAsync(time);
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromDays(1), recipients: 1);
        var sas = (await PressAsync(message)).Location!;
        EndOf(sas).ShouldBeLessThan(DateTimeOffset.UtcNow);
        using var client = world.Authority.NewClient();

        foreach (var range in new RangeHeaderValue?[] { null, new(4, 7) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, sas) { Headers = { Range = range } };
            using var refused = await client.SendAsync(request);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync()).ShouldNotContain("confid");
        }
    }

    [Fact]
    public async Task A_purged_file_is_gone_for_every_URL_at_once()
    {
        await using var rooms = await StartAsync();
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromHours(1), recipients: 1);
        var sas = (await PressAsync(message)).Location!;
        using var client = world.Authority.NewClient();
        (await client.GetStringAsync(sas)).ShouldBe("confidential1");

        await rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow.AddHours(2), default);

        using var gone = await client.GetAsync(sas);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound, "though the URL itself has not ended yet");
        (await PressAsync(message)).Location.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_being_read_through_us_ends_an_hour_after_it_began()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var rooms = await StartAsync(time);
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromDays(1), recipients: 1);
        var (row, source) = (message.Links[0].Row, rooms.Get<FileSource>());
        await using var file = (await source.OpenAsync(row.Files[0], source.Until, default)).ShouldNotBeNull();
        var piece = new byte[4];
        await file.ReadExactlyAsync(piece);
        time.Advance(TimeSpan.FromMinutes(59));
        file.Position = 1;
        await file.ReadExactlyAsync(piece);
        Encoding.ASCII.GetString(piece).ShouldBe("onfi");

        time.Advance(TimeSpan.FromMinutes(1));

        await Should.ThrowAsync<TransientFault>(() => file.ReadExactlyAsync(piece).AsTask());
        await Should.ThrowAsync<TransientFault>(
            () => rooms.Get<ZipDownloads>().WriteAsync(row, new LateStream(time), default),
            "a ZIP that is read slowly"
        );
    }

    /// <summary>Takes an hour for each write.</summary>
    private sealed class LateStream(FakeTimeProvider time) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            time.Advance(TimeSpan.FromHours(1));
            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    private async Task<Rooms> StartAsync(TimeProvider? time = null) =>
        await Rooms.StartSecureAsync(
            await world.Storage,
            (await world.Identity).Credential,
            world.Authority.NewHandler(),
            time
        );

    private static DateTimeOffset EndOf(Uri sas) =>
        DateTimeOffset.Parse(
            Uri.UnescapeDataString(sas.Query.Split("se=")[1].Split('&')[0]),
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static async Task<Press> PressAsync(StoredMessage message)
    {
        LinkToken.TryParse(message.Links[0].Url.Segments[^1], out var token).ShouldBeTrue();
        return await message.Rooms.Get<Presses>().PressAsync(token!, 1, PressProof.Nothing, default);
    }
}
