using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>A world with a subscriber in it.</summary>
public sealed class SubscriptionWorld : HoldingWorld, IAsyncDisposable
{
    private static readonly TimeSpan Patience = Eventually.Patience;
    private readonly List<EventSink> sinks = [];

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            .. base.Settings,
            ("Subscriptions__FirstRetry", "00:00:01"),
            ("Subscriptions__LongestRetry", "00:00:02"),
            // What is taken at the third try must not have been given up before, however late a try comes.
            ("Subscriptions__RetryPeriod", "00:00:30"),
            ("Subscriptions__FailingLife", "00:00:01"),
            ("Subscriptions__Timeout", "00:02:00"),
            ("Subscriptions__MaxPerCaller", "12"),
        ];

    /// <summary>A subscriber of a test's own.</summary>
    public async Task<EventSink> AddSinkAsync()
    {
        var sink = await EventSink.StartAsync();
        sinks.Add(sink);
        return sink;
    }

    /// <summary>Subscribes; it must be made.</summary>
    public async Task<JsonNode> SubscribeAsync(object wish, string? key = null)
    {
        using var answer = await CallAsync(HttpMethod.Post, "/api/subscriptions", wish, key);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        var made = JsonNode.Parse(body)!;
        answer.Headers.Location.ShouldNotBeNull().IsAbsoluteUri.ShouldBeTrue();
        answer.Headers.Location.AbsolutePath.ShouldBe($"/api/subscriptions/{made["id"]}");
        return made;
    }

    /// <summary>Removes a subscription, so that tests of one class do not fill the caller's share.</summary>
    public async Task UnsubscribeAsync(JsonNode made, string? key = null)
    {
        await SettleAsync();
        using var answer = await CallAsync(HttpMethod.Delete, $"/api/subscriptions/{made["id"]}", body: null, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>Waits until nothing is noted that is yet to be told: a subscription of the next test would be told it too.</summary>
    public async Task SettleAsync()
    {
        var table = (await World.Azurite).NewTableClient().GetTableClient(TableNames.Messages);
        await Eventually.GetAsync(
            async () =>
                await table.QueryAsync<TableEntity>("RowKey ge 'w:' and RowKey lt 'w;'").AnyAsync() ? null : "settled",
            Patience,
            () => App.Output
        );
    }

    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("x-functions-key", key ?? TestWorld.CallerKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await App.Client.SendAsync(request);
    }

    /// <summary>Waits until a subscriber has taken what is asked for.</summary>
    public async Task<TakenEvent> TakenAsync(EventSink sink, Func<TakenEvent, bool> which) =>
        await Eventually.GetAsync(
            () => Task.FromResult(sink.Taken.FirstOrDefault(which)),
            Patience,
            () =>
                $"The subscriber has {string.Join(", ", sink.All.Select(one => $"{one.Event} {one.Answer}"))}.\nThe app says:\n{App.Output}"
        );

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        foreach (var sink in sinks)
        {
            await sink.DisposeAsync();
        }
    }
}
