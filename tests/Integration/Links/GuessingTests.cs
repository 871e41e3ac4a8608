using System.Net;
using TlsOrLink.Links;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>Random tokens against the real app: they find nothing, and cost storage one read each and no write.</summary>
public sealed class GuessingTests(GuessingTests.Quiet world, ITestOutputHelper output)
    : IClassFixture<GuessingTests.Quiet>
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TLSORLINK_LONG") == "1";
    private static readonly int Tokens = IsLong ? 100_000 : 2_000;

    /// <summary>No timer runs while calls are counted.</summary>
    public sealed class Quiet : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Auditing__Schedule", "0 0 0 1 1 *"),
                ("Reconciling__Schedule", "0 0 0 1 1 *"),
                ("Purging__Schedule", "0 0 0 1 1 *"),
                // A second try would be counted too.
                ("Storage__TableTimeout", "00:02:00"),
            ];
    }

    [Fact]
    public async Task Random_tokens_find_nothing_and_cost_no_storage_write()
    {
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Tokens),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, cancellation) =>
            {
                var path = $"/d/{LinkToken.New().Text}";
                using var answer = (i % 4) switch
                {
                    0 => await world.App.Client.PostAsync($"{path}/files/1", null, cancellation),
                    1 => await world.App.Client.PostAsync($"{path}/code", null, cancellation),
                    2 => await world.App.Client.PostAsync($"{path}/renew", null, cancellation),
                    _ => await world.App.Client.GetAsync(path, cancellation),
                };
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        );

        var calls = proxy.CallsSince(before);
        output.WriteLine(
            $"{Tokens} random tokens: {calls.Count} storage calls, {calls.Count(call => call.IsWrite)} writes."
        );
        calls.Count.ShouldBe(Tokens);
        calls.ShouldAllBe(call => !call.IsWrite);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_cannot_be_a_token_never_reaches_storage(string text)
    {
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;

        using var answer = await world.App.Client.GetAsync($"/d/{text}");

        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
        proxy.CallsSince(before).ShouldBeEmpty();
    }
}
