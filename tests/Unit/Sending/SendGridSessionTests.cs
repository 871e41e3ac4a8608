using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Sending.WebApi;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class SendGridSessionTests
{
    [Theory]
    [InlineData(2_000_000, SendGridSession.LargeAtOnce)]
    [InlineData(2_000, 5)]
    public async Task Few_large_mails_are_in_memory_at_a_time(int bytes, int atOnce)
    {
        using var http = new HttpClient(new Takes());
        using var large = new SemaphoreSlim(SendGridSession.LargeAtOnce);
        var options = new SendGridOptions();
        var api = new SendGridApi(http, Options.Create(options), TimeProvider.System);
        var (begun, go) = (0, new TaskCompletionSource());

        // Each runs as far as its content before the next is begun.
        Task<TransactionResult>[] all =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(_ =>
                    new SendGridSession(api, "key", faithful: false, options, large).TransactAsync(
                        Envelope(bytes),
                        async _ =>
                        {
                            Interlocked.Increment(ref begun);
                            await go.Task;
                            return new MemoryStream(Encoding.ASCII.GetBytes("From: a@sender.example\r\n\r\nHello\r\n"));
                        },
                        beforeData: null,
                        CancellationToken.None
                    )
                ),
        ];

        begun.ShouldBe(atOnce);
        go.SetResult();
        (await Task.WhenAll(all)).ShouldAllBe(result => result.Accepted(0));
        begun.ShouldBe(5);
    }

    private static SmtpEnvelope Envelope(int bytes) =>
        new(MailAddress.Parse("a@sender.example"), [MailAddress.Parse("b@partner.example")]) { Bytes = bytes };

    private sealed class Takes : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted));
    }
}
