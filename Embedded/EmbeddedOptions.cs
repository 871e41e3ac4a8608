using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace TlsOrLink.Embedded;

/// <summary>Settings of the embedded host, configuration section <c>Embedded</c>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The SQLite file of orchestrations and timers, relative to the working directory. Default <c>embedded.db</c>.</summary>
    [Required]
    public string Database { get; set; } = "embedded.db";

    /// <summary>
    /// Test mode, off by default: after every await the orchestrator is replayed from the beginning, and any difference in what it
    /// decides fails its instance.
    /// </summary>
    public bool ReplayAfterEveryAwait { get; set; }

    /// <summary>Activities that run at a time. Default 10 for each core; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>Waiting orchestrations that are kept in memory; others are replayed when something happens to them. Default 500; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxIdleOrchestrations { get; set; } = 500;

    /// <summary>How long a waiting orchestration is kept in memory. Default 10 seconds.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Fires durable timers early by this much, as the real engine may by up to a second. Default zero; for tests.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan TimerEarliness { get; set; }

    /// <summary>After this time the front end of Azure cuts a request that has no answer. Default 230 seconds.</summary>
    public TimeSpan FrontEndTimeout { get; set; } = TimeSpan.FromSeconds(230);

    /// <summary>Assemblies with functions besides the entry assembly. For tests.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>Classes with functions; where there is one, assemblies are not searched. For tests.</summary>
    public IList<Type> FunctionClasses { get; } = [];
}
