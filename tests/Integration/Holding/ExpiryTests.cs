namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>What nobody attends to, through the real app.</summary>
public sealed class ExpiryTests(ExpiryTests.Impatient world) : IClassFixture<ExpiryTests.Impatient>
{
    [Theory]
    [InlineData("manual.test", false)]
    [InlineData("approval.test", true)]
    public async Task What_nobody_attends_to_expires_and_its_sender_is_told(string domain, bool approval)
    {
        var server = await world.AddScriptedAsync(domain);
        object options = approval ? new { approvers = (string[])["boss"] } : new { hold = "manual" };

        var id = (await world.Sender.PostAsync(options, $"a@{domain}")).Id;

        var seen = await world.Sender.WaitForAsync(
            id,
            message => message is { State: "expired" } && message.Recipients.All(one => one.State == "cancelled")
        );
        seen.Of($"a@{domain}").Attempts.ShouldBe(0);
        MailText.Of(await world.MailAsync(HoldApi.From, id)).ShouldContain("neither released nor approved in time");
        (await world.Desk.DecideAsync(id, "approve")).Status.ShouldBe(409);
        server.Connections.ShouldBeEmpty();
    }

    public sealed class Impatient : HoldingWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [.. base.Settings, ("Hold__UnattendedLife", "00:00:02")];
    }
}
