using System.Net;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Connector;

/// <summary>Every action of the connector, from its own definition, against the real app.</summary>
public sealed class FlowTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    [Fact]
    public async Task Every_action_of_the_connector_runs_as_a_flow_runs_it()
    {
        await world.AddScriptedAsync("flow.test");
        await world.AddScriptedAsync("flowlink.test", _ => new SmtpScript { OffersStartTls = false });
        var (sender, approver) = (
            new FlowClient(world.App, TestWorld.CallerKey),
            new FlowClient(world.App, "desk-key")
        );
        HashSet<string> ran = new(StringComparer.Ordinal);

        (await RunAsync(sender, "CheckRecipients", new { recipients = new[] { "a@flow.test" } })).Body!["recipients"]![
            0
        ]!["route"]!
            .GetValue<string>()
            .ShouldBe("tls");
        var sent = await RunAsync(sender, "SendMessageAndWait", Mail("a@flow.test"));
        State(sent.Body).ShouldBe("completed");
        sender.Polls.ShouldBeGreaterThan(0);
        (await RunAsync(sender, "GetMessage", null, ("id", Id(sent.Body)))).Status.ShouldBe(HttpStatusCode.OK);

        var found = await RunAsync(sender, "SearchMessages", new { recipient = "a@flow.test", state = "completed" });
        Id(found.Body!["messages"]!.AsArray().ShouldHaveSingleItem()).ShouldBe(Id(sent.Body));

        // A hold of days ends the wait at once.
        State((await RunAsync(sender, "SendMessageAndWait", Mail("a@flow.test", "manual"))).Body).ShouldBe("held");

        var first = Id((await RunAsync(sender, "SendMessage", Mail("a@flow.test", "manual"))).Body);
        State((await RunAsync(sender, "CancelMessage", null, ("id", first))).Body).ShouldBe("cancelled");
        var second = Id((await RunAsync(sender, "SendMessage", Mail("a@flow.test", "manual"))).Body);
        State((await RunAsync(sender, "ReleaseMessage", null, ("id", second))).Body).ShouldBe("completed");
        foreach (var (action, state) in new[] { ("ApproveMessage", "completed"), ("RejectMessage", "rejected") })
        {
            var waiting = Id((await RunAsync(sender, "SendMessage", Mail("a@flow.test", null, "boss"))).Body);
            State((await RunAsync(approver, action, null, ("id", waiting))).Body).ShouldBe(state);
        }

        var linked = Id((await RunAsync(sender, "SendMessageAndWait", Mail("a@flowlink.test"))).Body);
        var links = (await RunAsync(sender, "GetMessageLinks", null, ("id", linked))).Body!["links"]!;
        var link = links[0]!["id"]!.GetValue<string>();
        (await RunAsync(sender, "ExtendLink", new { expiresInHours = 300 }, ("linkId", link))).Status.ShouldBe(
            HttpStatusCode.OK
        );
        State((await RunAsync(sender, "RevokeLink", null, ("linkId", link))).Body).ShouldBe("revoked");
        (await RunAsync(sender, "RecallMessage", null, ("id", linked))).Status.ShouldBe(HttpStatusCode.OK);

        ran.ShouldBe(FlowClient.Actions, ignoreOrder: true);

        Task<(HttpStatusCode Status, JsonNode? Body)> RunAsync(
            FlowClient flow,
            string action,
            object? body = null,
            params (string, string)[] path
        )
        {
            ran.Add(action);
            return flow.RunAsync(action, body, path);
        }
    }

    /// <summary>A mail as the designer makes it: recipients in one text, files as Outlook names them.</summary>
    private static JsonObject Mail(string to, string? hold = null, string? approver = null)
    {
        var options = new JsonObject();
        if (hold is not null)
        {
            options["hold"] = hold;
        }

        if (approver is not null)
        {
            options["approvers"] = new JsonArray(approver);
        }

        return new JsonObject
        {
            ["sender"] = "me@sender.example",
            ["recipients"] = $"{to};",
            ["subject"] = "flow",
            ["body"] = new JsonObject { ["html"] = "<p>hello</p>" },
            ["attachments"] = new JsonArray(new JsonObject { ["Name"] = "a.txt", ["ContentBytes"] = "c2VjcmV0" }),
            ["options"] = options,
        };
    }

    private static string Id(JsonNode? message) => message!["id"]!.GetValue<string>();

    private static string State(JsonNode? message) => message!["state"]!.GetValue<string>();
}
