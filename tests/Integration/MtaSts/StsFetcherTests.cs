using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.MtaSts;

/// <summary>The policy fetch against HTTPS servers.</summary>
public sealed class StsFetcherTests(TestWorld world) : IClassFixture<TestWorld>
{
    private readonly PolicyFetch fetch = new(world, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Fetches_a_policy()
    {
        var fetched = await fetch.AskAsync(context => PolicyFetch.SayAsync(context, PolicyFetch.Policy));
        fetched.Failure.ShouldBeNull();
        fetched.Policy.ShouldNotBeNull().Patterns.ShouldBe(["mx.example"]);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", true)]
    [InlineData("TEXT/PLAIN", true)]
    [InlineData("text/html", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData(null, false)]
    public async Task Takes_text_plain_only(string? type, bool taken)
    {
        var fetched = await fetch.AskAsync(context => PolicyFetch.SayAsync(context, PolicyFetch.Policy, type: type));
        (fetched.Policy is not null).ShouldBe(taken);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Takes_status_200_only_and_follows_no_redirect(int status)
    {
        await using var host = await fetch.StartAsync(context =>
        {
            context.Response.Headers.Location = "/.well-known/mta-sts.txt";
            return PolicyFetch.SayAsync(context, status == 204 ? "" : PolicyFetch.Policy, status);
        });
        (await fetch.FromAsync(host.Port)).Failure.ShouldBe(StsReasons.FetchFailed);
        host.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(PolicyFetch.Policy + "mx: *.*.example\n")]
    public async Task Says_that_the_policy_is_bad(string text) =>
        (await fetch.AskAsync(context => PolicyFetch.SayAsync(context, text))).Failure.ShouldBe(StsReasons.PolicyBad);

    [Fact]
    public async Task Tries_the_next_address_where_one_may_not_be_dialled_and_one_refuses()
    {
        await using var host = await fetch.StartAsync(context => PolicyFetch.SayAsync(context, PolicyFetch.Policy));
        await fetch.PublishAsync("10.0.0.1", "127.0.0.77", "127.0.0.1");
        (await fetch.FromAsync(host.Port)).Policy.ShouldNotBeNull();
    }

    [Fact]
    public async Task Fails_where_the_policy_host_has_no_address()
    {
        await using var host = await fetch.StartAsync(context => PolicyFetch.SayAsync(context, PolicyFetch.Policy));
        await fetch.PublishAsync();
        (await fetch.FromAsync(host.Port)).Failure.ShouldBe(StsReasons.FetchFailed);
    }

    [Fact]
    public async Task Tells_its_own_time_out_from_a_cancellation()
    {
        using var ending = new CancellationTokenSource();
        await using var host = await fetch.StartAsync(async context =>
        {
            await ending.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => fetch.FromAsync(host.Port, ending: ending.Token));
    }
}
