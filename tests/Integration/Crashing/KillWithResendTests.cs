using TlsOrLink.Tests.Integration.Delivery;
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
            (2 * CrashWorld.OrphanAge) + Eventually.Patience
        );
        _world.CountDeliveries(letter).Values.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task The_same_request_50_times_at_once_with_a_kill_between_makes_one_message()
    {
        const string Key = "fifty";
        var letter = CrashWorld.LetterFor(Key);
        using var commit = _world.Proxy.StallWhen(call => call.Writes("Messages", "m"), before: true);
        var cut = PostFiftyTimesAsync(letter, Key);
        await commit.Reached.WaitAsync(Eventually.Patience);
        _world.App.Kill();
        var before = await cut;
        await _world.App.RestartAsync();

        var after = await PostFiftyTimesAsync(letter, Key);

        var id = after.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        before.OfType<string>().ShouldAllBe(answered => answered == id);
        await _world.Api.WaitForCompletionAsync(id);
        (await _world.ReadRecipientsAsync(letter)).Select(row => row.MessageId).Distinct().ShouldBe([id]);
        _world.CountDeliveries(letter).Values.ShouldAllBe(count => count > 0, "nobody is lost");
    }

    /// <summary>The ids that were answered; null where the app went away first.</summary>
    private Task<string?[]> PostFiftyTimesAsync(Letter letter, string key) =>
        Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async _ =>
                {
                    try
                    {
                        return (await _world.Api.SendAsync(letter, key)).Id;
                    }
                    catch (HttpRequestException)
                    {
                        return (string?)null;
                    }
                })
        );
}
