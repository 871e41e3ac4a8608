using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TlsOrLink.Tests.Unit.Architecture;

/// <summary>What <c>CONTRIBUTING.md</c> says of the rooms, held.</summary>
public sealed class RoomTests
{
    private static readonly System.Reflection.Assembly Shared = typeof(TlsOrLink.Domains.MailDomain).Assembly;
    private static readonly ArchUnitNET.Domain.Architecture Code = new ArchLoader().LoadAssemblies(Shared).Build();

    /// <summary>What every room but <c>Faults</c> may know: how it is measured, how it says that it is well, and what its settings may be.</summary>
    private static readonly string[] ForAll = ["Telemetry", "Health", "Settings"];

    /// <summary>Which rooms a room may know, beside itself. Everything else is an arrow in the wrong direction.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Faults"] = [],
        ["Domains"] = [],
        ["Telemetry"] = [],
        ["Health"] = ["Faults"],
        ["Settings"] = [],
        ["Storage"] = ["Domains", "Faults"],
        ["Events"] = ["Storage"],
        ["Callers"] = ["Domains", "Storage"],
        ["Dns"] = ["Domains", "Faults"],
        ["Mx"] = ["Dns", "Domains"],
        ["MtaSts"] = ["Dns", "Domains", "Faults", "Storage"],
        ["Dane"] = ["Dns", "Domains", "Mx"],
        ["Smtp"] = ["Dns", "Domains"],
        ["Probing"] = ["Dane", "Dns", "Domains", "MtaSts", "Mx", "Smtp"],
        ["Verdicts"] = ["Domains", "Faults", "Probing", "Storage"],
        ["Routing"] = ["Domains", "Faults", "Probing", "Storage"],
        ["Screening"] = ["Callers", "Domains", "Faults", "Storage"],
        ["Messages"] = ["Domains", "Events", "Faults", "Probing", "Routing", "Screening", "Storage"],
        ["Holding"] = ["Callers", "Domains", "Events", "Faults", "Links", "Messages", "Storage"],
        ["Scanning"] = ["Events", "Faults", "Messages", "Storage"],
        ["Sending"] = ["Dns", "Domains", "Events", "Faults", "Messages", "Mx", "Probing", "Routing", "Smtp", "Storage"],
        ["Inbound"] = ["Callers", "Dns", "Domains", "Events", "Faults", "Messages", "Sending", "Storage"],
        ["Links"] = ["Domains", "Events", "Faults", "Messages", "Routing", "Storage"],
        ["Auditing"] = ["Callers", "Events", "Faults", "Messages", "Storage"],
        ["Checking"] = ["Callers", "Domains", "Faults", "Links", "Messages", "Probing", "Routing", "Smtp", "Verdicts"],
        ["Pages"] = ["Auditing", "Checking", "Domains", "Events", "Links", "Messages", "Probing", "Routing", "Smtp"],
        ["Reporting"] =
        [
            "Checking",
            "Domains",
            "Events",
            "Faults",
            "Links",
            "Messages",
            "Pages",
            "Probing",
            "Routing",
            "Sending",
            "Storage",
        ],
        ["Subscriptions"] = ["Dns", "Events", "Faults", "Messages", "Storage"],
        ["Purging"] = ["Events", "Faults", "Links", "Messages", "Storage"],
    };

    public static TheoryData<string> Rooms => [.. MayKnow.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_below_it(string room)
    {
        var strangers = MayKnow
            .Keys.Except(MayKnow[room], StringComparer.Ordinal)
            .Except(room == "Faults" ? [] : ForAll, StringComparer.Ordinal)
            .Where(other => other != room);

        foreach (var stranger in strangers)
        {
            Types()
                .That()
                .ResideInNamespaceMatching($@"^TlsOrLink\.{room}(\.|$)")
                .Should()
                .NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^TlsOrLink\.{stranger}(\.|$)"))
                .WithoutRequiringPositiveResults()
                .Check(Code);
        }
    }

    [Fact]
    public void Every_room_is_on_the_list() =>
        Shared
            .GetTypes()
            .Select(type => type.Namespace ?? "")
            .Where(name => name.StartsWith("TlsOrLink.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[1])
            .Distinct(StringComparer.Ordinal)
            .Except(MayKnow.Keys, StringComparer.Ordinal)
            .ShouldBeEmpty("say in MayKnow which rooms a new room may know");

    [Fact]
    public void The_rooms_have_no_cycles()
    {
        HashSet<string> below = new(StringComparer.Ordinal);
        while (
            MayKnow.FirstOrDefault(room => !below.Contains(room.Key) && room.Value.All(below.Contains)).Key is { } next
        )
        {
            below.Add(next);
        }

        MayKnow.Keys.Except(below, StringComparer.Ordinal).ShouldBeEmpty("these rooms know each other in a circle");
    }

    [Fact]
    public void The_product_knows_no_host() =>
        Shared
            .GetReferencedAssemblies()
            .Select(assembly => assembly.Name ?? "")
            .Where(name =>
                name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal)
                || name.StartsWith("TlsOrLink.Embedded", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("Functions/ alone names the host");

    [Theory]
    [InlineData("DnsClient", "Dns", "MtaSts", "Dane", "Mx")]
    [InlineData("SendGrid", "Sending")]
    [InlineData("MailKit", "Smtp")]
    [InlineData("MimeKit", "Inbound", "Messages", "Links", "Screening", "Smtp")]
    [InlineData(
        "Azure.Data.Tables",
        "Inbound",
        "Storage",
        "Events",
        "Messages",
        "Links",
        "Verdicts",
        "MtaSts",
        "Routing",
        "Purging",
        "Holding",
        "Screening",
        "Subscriptions"
    )]
    [InlineData("Azure.Storage.Blobs", "Storage", "Auditing", "Messages", "Links", "Purging", "Scanning")]
    public void An_outside_thing_is_named_by_its_adapters_only(string package, params string[] rooms)
    {
        foreach (var room in MayKnow.Keys.Except(rooms, StringComparer.Ordinal))
        {
            Types()
                .That()
                .ResideInNamespaceMatching($@"^TlsOrLink\.{room}(\.|$)")
                .Should()
                .NotDependOnAnyTypesThat()
                .ResideInNamespaceMatching($@"^{package.Replace(".", @"\.", StringComparison.Ordinal)}(\.|$)")
                .WithoutRequiringPositiveResults()
                .Check(Code);
        }
    }
}
