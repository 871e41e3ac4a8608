using System.Text.Json;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Sending;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Tests.Unit.Architecture;

/// <summary>The JSON of activities and orchestrators (System.Text.Json with default names): what a running orchestration has written must stay readable.</summary>
public sealed class DurableShapeTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly MailDomain Domain = MailDomain.Parse("partner.example");

    private static readonly RoutePlan Plan = new(Route.Tls, "verified", TlsLevel.Verified, ["mx.partner.example"])
    {
        PolicyEnforced = true,
        PolicyUnknown = true,
        NeverLink = true,
    };

    private const string PlanJson =
        """{"Route":0,"Reason":"verified","Level":4,"Hosts":["mx.partner.example"],"PolicyEnforced":true,"PolicyUnknown":true,"NeverLink":true}""";

    private const string WorkJson =
        """{"Attempt":"0123abcd","CreatedAt":"2026-01-09T09:00:00+00:00","ETag":"W/\u0022x\u0022","Domains":[{"Domain":"partner.example","First":0,"Count":3}],"RetryDelay":"00:01:00","Route":0,"TlsPolicy":2,"Untold":0,"Waiting":0,"Head":"1.m.s","Trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","Reports":true}""";

    private static readonly RoundWork Work = new(
        "0123abcd",
        At,
        "W/\"x\"",
        [new DomainRange(Domain, 0, 3)],
        TimeSpan.FromMinutes(1),
        RouteOption.Auto,
        TlsPolicy.Authenticated
    )
    {
        Head = "1.m.s",
        Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Reports = true,
    };

    public static TheoryData<object, string> Shapes =>
        new()
        {
            { new DeliverMessage.Input("id", 2), """{"Id":"id","Round":2}""" },
            { new DeliverMessage.Input("id", Held: true), """{"Id":"id","Round":0,"Held":true}""" },
            { new CheckHold.Input("id"), """{"Id":"id"}""" },
            { new AskApprovers.Input("id"), """{"Id":"id"}""" },
            {
                new HoldCheck(HoldPhase.Waiting, At, At.AddDays(7), AskApprovers: true, TellSender: true),
                """{"Phase":0,"CreatedAt":"2026-01-09T09:00:00+00:00","Until":"2026-01-16T09:00:00+00:00","AskApprovers":true,"TellSender":true}"""
            },
            { new DeliverDomains.Input("id", 2, Work), $$"""{"Id":"id","Round":2,"Work":{{WorkJson}}}""" },
            { new BeginRound.Input("id", 2), """{"Id":"id","Round":2}""" },
            { Work, WorkJson },
            {
                new ProbeDomain.Input(Domain, TlsPolicy.Encrypted, RouteOption.Link),
                """{"Domain":"partner.example","TlsPolicy":0,"Route":1,"Trace":null}"""
            },
            { Plan, PlanJson },
            {
                new SendTarget("id", "0123abcd", At, 0, 3, Domain, Plan, 1),
                $$"""{"Id":"id","Attempt":"0123abcd","CreatedAt":"2026-01-09T09:00:00+00:00","First":0,"Count":3,"Domain":"partner.example","Plan":{{PlanJson}},"Round":1,"Trace":null}"""
            },
            {
                new SendReport(1, 2, 3, 4) { VerdictIsWrong = true, Failed = 1 },
                """{"Finished":1,"Deferred":2,"FellBack":3,"Left":4,"VerdictIsWrong":true,"Failed":1}"""
            },
            { new TlsOrLink.Functions.Activities.TakeOutFiles.Input("id"), """{"Id":"id"}""" },
            { new OwnMailOrder("bounce", "id", 3, 2), """{"Kind":"bounce","MessageId":"id","N":3,"Serial":2}""" },
            {
                new CompleteMessage.Input("id", At, "W/\"x\"") { Head = "1.m.s" },
                """{"Id":"id","CreatedAt":"2026-01-09T09:00:00+00:00","ETag":"W/\u0022x\u0022","Head":"1.m.s"}"""
            },
            {
                new PostEvent.Input(new EventOrder("kit", "s", "id", "r0", 3), 2, At.UtcDateTime),
                """{"Order":{"Caller":"kit","Subscription":"s","MessageId":"id","Chain":"r0","Number":3},"Attempt":2,"Begun":"2026-01-09T09:00:00Z"}"""
            },
            { new PostEvent.Result(TimeSpan.FromSeconds(10)), """{"Wait":"00:00:10"}""" },
        };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void The_shape_is_as_released_and_reads_back(object value, string json)
    {
        JsonSerializer.Serialize(value, value.GetType()).ShouldBe(json, "add with a default, never rename or reuse");

        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, value.GetType()), value.GetType()).ShouldBe(json);
    }
}
