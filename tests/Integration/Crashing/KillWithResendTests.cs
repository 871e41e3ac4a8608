using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Crashing;

public sealed class KillWithResendTests(ResendWorld world, ITestOutputHelper output)
    : KillTests(world, output),
        IClassFixture<ResendWorld>
{
    private readonly ResendWorld _world = world;

    [Fact]
    public async Task What_a_killed_intake_left_is_swept_where_nobody_sends_it_again()
    {
        var letter = CrashWorld.LetterFor("orphan");
        using var ambush = Ambush.At(KillPoint.BeforeM, _world, letter);
        var posting = Should.ThrowAsync<HttpRequestException>(() => _world.Api.PostAsync(letter));
        await ambush.ProveAsync();
        _world.App.Kill();
        await posting;
        var id = (await _world.ReadRecipientsAsync(letter))[0].MessageId;
        (await _world.BlobsAsync("messages", id)).ShouldHaveSingleItem();
        (await _world.CountAsync("Due", "open|", id)).ShouldBe(1);

        await _world.App.RestartAsync();

        await Eventually.GetAsync(
            async () =>
                (await _world.ReadRecipientsAsync(letter)).Count
                    + (await _world.BlobsAsync("messages", id)).Count
                    + await _world.CountAsync("Due", "", id)
                == 0
                    ? "swept"
                    : null,
            (2 * CrashWorld.OrphanAge) + TimeSpan.FromSeconds(30)
        );
        _world.CountDeliveries(letter).Values.ShouldAllBe(count => count == 0);
    }
}
