using TlsOrLink.Smtp;
using static TlsOrLink.Tests.Integration.Probing.MailScripts;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>421 in the middle of a transaction, where connecting went well.</summary>
public sealed class SlowingDownTests
{
    [Theory]
    [InlineData("421 4.3.2 closing")]
    [InlineData("250 ok", "421 4.7.0 too many mails")]
    [InlineData("250 ok", "250 ok", "421 4.7.0 too much")]
    public async Task A_server_that_closes_in_a_transaction_gets_half_the_connections(params string[] replies)
    {
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            await AnswerAsync(talk, replies);
        });
        using var world = new ClientWorld(peer.Port, ("Smtp:ConnectionsPerAddress", "4"));
        await using (var session = await OpenAsync(world, peer))
        {
            var result = await session.TransactAsync(
                Envelope("a@rcpt.test"),
                Content("x"),
                null,
                CancellationToken.None
            );
            result.Reusable.ShouldBeFalse();
        }

        var limits = world.Get<AddressLimits>();
        using var first = await limits.EnterAsync(peer.Address, CancellationToken.None);
        using var second = await limits.EnterAsync(peer.Address, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var third = limits.EnterAsync(peer.Address, stop.Token);

        third.IsCompleted.ShouldBeFalse("two of four places are left");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => third);
    }
}
