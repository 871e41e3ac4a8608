using System.Text;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Scanning;

namespace TlsOrLink.Tests.Integration.Scanning;

/// <summary>The virus scan before anything is sent, with a real clamd.</summary>
public sealed class ScanningTests(ScanningTests.Scanned world) : IClassFixture<ScanningTests.Scanned>
{
    public sealed class Scanned : DeliveryWorld
    {
        private Clamd? _clamd;

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Scanning__By", "Clamd"),
                ("Scanning__Clamd", $"127.0.0.1:{_clamd!.Port}"),
                ("Scanning__OnUnscannable", "Link"),
            ];

        public override async ValueTask InitializeAsync()
        {
            _clamd = await Clamd.StartAsync(World.Folder);
            await base.InitializeAsync();
        }

        public Task StopScannerAsync() => _clamd!.DisposeAsync().AsTask();
    }

    [Fact]
    public async Task What_is_clean_goes_what_is_infected_does_not_and_what_cannot_be_scanned_goes_by_link()
    {
        var server = await world.AddScriptedAsync("scan.test");
        var clean = await world.Api.DeliverAsync(new Letter("clean@scan.test"));
        clean.Recipients.ShouldAllBe(row => row.State == "accepted" && row.Route == "tls");

        var infected = await world.Api.DeliverAsync(
            new Letter("infected@scan.test") { File = Encoding.ASCII.GetBytes(Clamd.Eicar) }
        );
        infected.Recipients.ShouldAllBe(row => row.State == "bounced" && row.Reason == "virus-found");

        // Over clamd's StreamMaxLength.
        var large = await world.Api.DeliverAsync(new Letter("large@scan.test") { File = new byte[2_000_000] });
        large.Recipients.ShouldAllBe(row => row.State == "linked" && row.Reason == "link-wished");

        server.Messages.Count.ShouldBe(2, "nothing of the infected message was sent");
        server.Messages.ShouldAllBe(mail => !mail.Text.Contains("infected@scan.test", StringComparison.Ordinal));

        await world.StopScannerAsync();
        var waiting = await world.Api.SendAsync(new Letter("waiting@scan.test"));
        await Kit.Processes.Eventually.BeTrueAsync(
            () =>
                world
                    .App.Output.ToString()!
                    .Contains($"clamd did not scan message {waiting.Id}", StringComparison.Ordinal),
            Eventually.Patience,
            () => world.App.Output
        );
        (await world.Api.SeeAsync(waiting.Id)).Recipients.ShouldAllBe(row => row.State == "probing");
        server.Messages.Count.ShouldBe(2);
    }
}
