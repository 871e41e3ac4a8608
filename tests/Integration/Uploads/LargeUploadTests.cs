using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>A file that is too large for one request, from its session to whoever downloads it: the app's memory does not grow with it.</summary>
public sealed class LargeUploadTests(LargeUploadTests.Large world, ITestOutputHelper output)
    : IClassFixture<LargeUploadTests.Large>
{
    private const long MaxRise = 64L << 20;
    private const int BlockBytes = 8_000_000;

    [Fact]
    public async Task A_large_file_arrives_byte_for_byte_by_link_and_within_the_memory_of_a_small_one()
    {
        var server = await world.AddScriptedAsync("large.test", _ => new SmtpScript { OffersStartTls = false });
        await SendAsync(server, RandomNumberGenerator.GetBytes(100_000));
        var idle = world.App.PeakMemoryBytes;
        var file = RandomNumberGenerator.GetBytes(Campaign.Size(24_000_000, 100_000_000));

        var arrived = await SendAsync(server, file);

        var rise = world.App.PeakMemoryBytes - idle;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Length / 1e6:F0} MB through an upload session: peak memory +{rise / 1048576.0:F1} MiB"
            )
        );
        UploadWorld.Sha(arrived).ShouldBe(UploadWorld.Sha(file));
        rise.ShouldBeLessThan(MaxRise);
    }

    /// <summary>Uploads, sends, waits for the mail with the link, downloads.</summary>
    private async Task<byte[]> SendAsync(ScriptedSmtp server, byte[] file)
    {
        var before = server.Messages.Count;
        var session = await UploadWorld.OpenAsync(world.Api);
        await PutAsync(session.UploadUrl, file);
        var sent = await world.Api.PostJsonAsync(UploadWorld.Json("a@large.test", session.Id));
        await world.Api.WaitForCompletionAsync(sent.Id);
        var mail = await LinkMailSeen.ReadAsync(server.Messages[before]);
        return await mail.DownloadAsync(world.App.Client, world.World, 1);
    }

    private async Task PutAsync(Uri url, byte[] file)
    {
        using var client = world.World.Authority.NewClient();
        List<string> ids = [];
        foreach (var block in file.Chunk(BlockBytes))
        {
            ids.Add(Convert.ToBase64String([(byte)ids.Count]));
            using var content = new ByteArrayContent(block);
            using var put = await client.PutAsync($"{url}&comp=block&blockid={Uri.EscapeDataString(ids[^1])}", content);
            put.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var list = new StringContent(
            $"<BlockList>{string.Concat(ids.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>"
        );
        using var committed = await client.PutAsync($"{url}&comp=blocklist", list);
        committed.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A world with the limits of every deployment.</summary>
    public sealed class Large : DeliveryWorld;
}
