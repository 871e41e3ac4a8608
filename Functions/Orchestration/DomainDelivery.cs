using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Routing;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>The recipe per domain, all domains side by side: a slow one holds up no other.</summary>
internal static partial class DomainDelivery
{
    /// <summary>Domains per orchestration: up to four activities each, two events an activity, keep a history under 500 events.</summary>
    public const int DomainsPerHistory = 40;

    public static async Task<SendReport> RunAllAsync(TaskOrchestrationContext context, DeliverDomains.Input input)
    {
        var domains = input.Work.Domains;
        if (domains.Count > DomainsPerHistory)
        {
            var parts = domains.Chunk(DomainsPerHistory).Select(part => RunPartAsync(context, input, part));
            return Sum(await Task.WhenAll(parts));
        }

        var files = new Lazy<Task>(() => TakeOutFilesAsync(context, input.Id));
        return Sum(await Task.WhenAll(domains.Select(domain => RunGuardedAsync(context, input, domain, files))));
    }

    private static Task<SendReport> RunPartAsync(
        TaskOrchestrationContext context,
        DeliverDomains.Input input,
        DomainRange[] part
    ) =>
        context.CallSubOrchestratorAsync<SendReport>(
            nameof(DeliverDomains),
            input with
            {
                Work = input.Work with { Domains = part },
            }
        );

    /// <summary>The edge of the fan-out: what fails here fails for one domain, which is tried again until its recipients are given up.</summary>
    private static async Task<SendReport> RunGuardedAsync(
        TaskOrchestrationContext context,
        DeliverDomains.Input input,
        DomainRange domain,
        Lazy<Task> files
    )
    {
        try
        {
            return await RunAsync(context, input, domain, files);
        }
        catch (TaskFailedException failure)
        {
            LogFailed(context.CreateReplaySafeLogger(nameof(DomainDelivery)), input.Id, failure.TaskName);
            return new SendReport(0, domain.Count);
        }
    }

    private static async Task<SendReport> RunAsync(
        TaskOrchestrationContext context,
        DeliverDomains.Input input,
        DomainRange domain,
        Lazy<Task> files
    )
    {
        var plan = await context.CallActivityAsync<RoutePlan>(
            nameof(ProbeDomain),
            new ProbeDomain.Input(domain.Domain, input.Work.TlsPolicy, input.Work.Route, input.Work.Trace),
            Retries.OnTransientFaults
        );
        var target = new SendTarget(
            input.Id,
            input.Work.Attempt,
            input.Work.CreatedAt,
            domain.First,
            domain.Count,
            domain.Domain,
            plan,
            input.Round
        )
        {
            Trace = input.Work.Trace,
        };
        if (plan.Route is Route.Deferred or Route.Undeliverable)
        {
            return await SendAsync(context, nameof(SettleRecipients), target);
        }

        var sent =
            plan.Route == Route.Tls
                ? await SendAsync(context, nameof(SendByTls), target)
                : new SendReport(0, 0, domain.Count);
        if (sent.FellBack == 0)
        {
            return sent;
        }

        await files.Value;
        var linked = await SendAsync(context, nameof(SendLinks), target with { Plan = plan.ToLink() });
        return (sent with { FellBack = 0 }).Plus(linked);
    }

    /// <summary>Runs again at once while a run's time ends before its recipients do.</summary>
    private static async Task<SendReport> SendAsync(
        TaskOrchestrationContext context,
        string activity,
        SendTarget target
    )
    {
        var all = new SendReport(0, 0);
        SendReport run;
        do
        {
            run = await context.CallActivityAsync<SendReport>(activity, target, Retries.OnTransientFaults);
            all = all.Plus(run with { Left = 0 });
        } while (run.Left > 0);

        return all;
    }

    private static Task TakeOutFilesAsync(TaskOrchestrationContext context, string id) =>
        context.CallActivityAsync(nameof(TakeOutFiles), new TakeOutFiles.Input(id), Retries.OnTransientFaults);

    private static SendReport Sum(SendReport[] reports) =>
        reports.Aggregate(new SendReport(0, 0), (sum, report) => sum.Plus(report));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: {Activity} failed for one domain; tried again later"
    )]
    private static partial void LogFailed(ILogger logger, string id, string activity);
}
