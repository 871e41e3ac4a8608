using System.Net;
using System.Net.Sockets;
using TlsOrLink.Dns;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>Where notifications go when they go: the address that is dialled decides, whatever was registered.</summary>
public sealed class WebhookHandlerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("1.1.1.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "1.1.1.1")]
    public async Task A_host_with_an_address_inside_is_not_dialled(params string[] addresses)
    {
        var resolver = new PlainResolver { Addresses = { ["hooks.example"] = addresses } };
        using var http = new HttpClient(WebhookHandler.Create(resolver, new AddressGuard([])));

        var fault = await Should.ThrowAsync<HttpRequestException>(
            http.PostAsync(new Uri("https://hooks.example/x"), content: null, Cancellation)
        );

        PostJudge.Of(fault).Reason.ShouldBe(PostJudge.AddressRefused);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::ffff:127.0.0.1]/x")]
    public async Task A_literal_inside_is_not_dialled_either(string url)
    {
        using var http = new HttpClient(WebhookHandler.Create(new PlainResolver(), new AddressGuard([])));

        var fault = await Should.ThrowAsync<HttpRequestException>(
            http.PostAsync(new Uri(url), content: null, Cancellation)
        );

        PostJudge.Of(fault).Reason.ShouldBe(PostJudge.AddressRefused);
    }

    [Fact]
    public async Task A_host_without_an_address_is_told_apart()
    {
        using var http = new HttpClient(WebhookHandler.Create(new PlainResolver(), new AddressGuard([])));

        var fault = await Should.ThrowAsync<HttpRequestException>(
            http.PostAsync(new Uri("https://absent.example/x"), content: null, Cancellation)
        );

        PostJudge.Of(fault).Reason.ShouldBe(PostJudge.UnknownHost);
    }

    /// <summary>The name is asked about once, and the answer is what is dialled: a later answer comes too late.</summary>
    [Fact]
    public async Task The_address_that_was_asked_about_is_the_one_that_is_dialled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var resolver = new PlainResolver { Addresses = { ["hooks.example"] = ["127.0.0.1"] } };
        using var http = new HttpClient(
            WebhookHandler.Create(resolver, new AddressGuard([IPNetwork.Parse("127.0.0.0/8")]))
        );

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var posting = http.PostAsync(new Uri($"http://hooks.example:{port}/x"), content: null, stop.Token);
        using (var dialled = await listener.AcceptTcpClientAsync(Cancellation))
        {
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(posting);
        }

        resolver.Asked.ShouldHaveSingleItem().ShouldBe("address hooks.example");
    }
}
