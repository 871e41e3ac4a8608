using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Storage;

public sealed class StorageFaultPolicyTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Says_that_storage_may_be_back_after_the_last_try(int status)
    {
        var server = new Answers(status);

        var fault = await Should.ThrowAsync<TransientFault>(() => Ask(server));

        fault.Message.ShouldBe($"Table storage answered {status}.");
        server.Asked.ShouldBe(3);
    }

    [Theory]
    [InlineData(401, "the app's credential")]
    [InlineData(403, "the app's credential")]
    [InlineData(400, "refused a request with 400")]
    public async Task Says_that_trying_again_is_no_use(int status, string message)
    {
        var fault = await Should.ThrowAsync<PermanentFault>(() => Ask(new Answers(status)));

        fault.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    public async Task Leaves_to_the_adapter_what_it_decides_on(int status)
    {
        var failed = await Should.ThrowAsync<RequestFailedException>(() => Ask(new Answers(status)));

        failed.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Says_that_storage_cannot_be_reached_without_its_address_or_keys()
    {
        var fault = await Should.ThrowAsync<TransientFault>(() => Ask(new Answers(0)));

        fault.ToString().ShouldNotContain("secret-key");
        fault.ToString().ShouldNotContain("tables.example");
        fault.Message.ShouldBe("Table storage cannot be reached.");
    }

    [Fact]
    public async Task Lets_a_caller_give_up()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Ask(new Answers(0), gone.Token));
    }

    private static Task<Response<TableEntity>> Ask(Answers server, CancellationToken cancellation = default)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(server) };
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        options.AddPolicy(new StorageFaultPolicy("Table storage"), HttpPipelinePosition.PerCall);
        var client = new TableClient(
            new Uri("https://tables.example/"),
            "Messages",
            new TableSharedKeyCredential("account", Convert.ToBase64String(new byte[32])),
            options
        );
        return client.GetEntityAsync<TableEntity>("secret-key", "m", cancellationToken: cancellation);
    }

    /// <summary>Answers every request with one status; with 0, not at all.</summary>
    private sealed class Answers(int status) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked++;
            return status == 0
                ? throw new HttpRequestException("Connection refused (tables.example:443)")
                : Task.FromResult(
                    new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("{}") }
                );
        }
    }
}
