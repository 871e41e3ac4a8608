using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Sending;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>A plan outlives the settings that it was made under: another transport may have to carry it out.</summary>
public sealed class TransportsTests
{
    [Theory]
    [InlineData("Tls", "Authenticated", "Verified", false)]
    [InlineData("Tls", "Verified", "Encrypted", false)]
    [InlineData("Tls", "Verified", "Verified", true)]
    [InlineData("Tls", "Encrypted", "Verified", true)]
    [InlineData("Link", "Authenticated", "Unknown", true)]
    public async Task No_transport_carries_attachments_below_the_level_of_the_plan(
        string route,
        string asked,
        string shown,
        bool goes
    )
    {
        var transport = new Shows(Enum.Parse<TlsLevel>(shown));
        var plan = new RoutePlan(Enum.Parse<Route>(route), "verified", Enum.Parse<TlsLevel>(asked), []);

        var opening = await Over(transport)
            .OpenAsync(plan.Route, MailDomain.Parse("partner.example"), plan, new HashSet<string>(), default);

        (opening is Opening.Ready).ShouldBe(goes);
        transport.Session.IsClosed.ShouldBe(!goes);
        if (!goes)
        {
            opening.ShouldBeOfType<Opening.Shortfall>().Reason.ShouldBe(RouteReasons.NotObservable);
        }
    }

    private static Transports Over(ITransport transport) =>
        new(
            new ServiceCollection().AddKeyedSingleton(TransportKind.Relay, transport).BuildServiceProvider(),
            Options.Create(
                new SendingOptions { TlsTransport = TransportKind.Relay, NoticeTransport = TransportKind.Relay }
            )
        );

    private sealed class Shows(TlsLevel level) : ITransport
    {
        public Untouched Session { get; } = new();

        public Task<Opening> OpenAsync(
            MailDomain domain,
            RoutePlan plan,
            IReadOnlySet<string> tried,
            CancellationToken cancellation
        ) =>
            Task.FromResult<Opening>(
                new Opening.Ready(Session, new HostEvidence("relay.example", 0, level, RouteReasons.Attested))
            );
    }

    private sealed class Untouched : IMailSession
    {
        public bool IsClosed { get; private set; }

        public SmtpFeatures Features => throw new InvalidOperationException();

        public Task<TransactionResult> TransactAsync(
            SmtpEnvelope envelope,
            Func<CancellationToken, Task<Stream>> content,
            Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData,
            CancellationToken cancellation
        ) => throw new InvalidOperationException();

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
