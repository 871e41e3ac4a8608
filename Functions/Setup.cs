using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TlsOrLink.Auditing;
using TlsOrLink.Callers;
using TlsOrLink.Checking;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Events;
using TlsOrLink.Functions.Http;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Health;
using TlsOrLink.Holding;
using TlsOrLink.Inbound;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Pages;
using TlsOrLink.Probing;
using TlsOrLink.Purging;
using TlsOrLink.Reporting;
using TlsOrLink.Routing;
using TlsOrLink.Scanning;
using TlsOrLink.Screening;
using TlsOrLink.Sending;
using TlsOrLink.Settings;
using TlsOrLink.Smtp;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;
using TlsOrLink.Telemetry;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Functions;

/// <summary>Puts the rooms together.</summary>
internal static partial class Setup
{
    /// <summary>What any other source overrides. Schedules have seconds, as NCrontab reads them; on Azure the host reads the app settings of the same names.</summary>
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Auditing:Schedule"] = "0 20 * * * *",
        ["Purging:Schedule"] = "0 */5 * * * *",
        ["Reconciling:Schedule"] = "30 * * * * *",
        // Paths hold tokens, and ASP.NET Core logs paths.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    /// <summary>Whatever the functions host of this build needs for its telemetry; nothing where the host does it itself.</summary>
    static partial void AddTelemetry(FunctionsApplicationBuilder builder);

    public static void AddTlsOrLink(this FunctionsApplicationBuilder builder)
    {
        // First in the row, so that every other source overrides them.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder
            .Services.AddStorage()
            .AddCallers()
            .AddSubscriptions()
            .AddEvents()
            .AddScreening()
            .AddMessages()
            .AddHolding()
            .AddDns()
            .AddMx()
            .AddMtaSts()
            .AddDane()
            .AddSmtp()
            .AddProbing()
            .AddVerdicts()
            .AddRoutePlanning()
            .AddChecking()
            .AddSending()
            .AddInbound()
            .AddScanning()
            .AddLinks()
            .AddPages()
            .AddPurging()
            .AddAuditing()
            .AddReporting()
            .AddHealth()
            .AddTelemetry()
            .AddSettingExamples();
        AddTelemetry(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder
            .Services.AddSingleton<Ticket>()
            .AddSingleton<ApiAddresses>()
            .AddSingleton<IntakeDesk>()
            .AddSingleton<Continuations>()
            .AddSingleton<SearchDesk>()
            .AddSingleton<IntakeQuota>()
            .AddSingleton<CallerFinder>()
            .AddSingleton<LinkOwners>()
            .AddSingleton<Subscribing>()
            .AddSingleton<EventPush>()
            .AddSingleton<UnsignedRequests>()
            .AddSingleton<Origins>()
            .AddSingleton<HoldDecisions>()
            .AddSingleton<Recalls>()
            .AddSingleton<TrackedMessages>()
            .AddSingleton<ApproverVisits>()
            .AddSingleton<PlannedRoutes>();
        // Intake has a limit of its own, which answers 413.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
    }
}
