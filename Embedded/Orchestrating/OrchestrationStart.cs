using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>What an orchestration knows about itself from its first event on.</summary>
internal sealed record OrchestrationStart(
    string Name,
    string InstanceId,
    ParentOrchestrationInstance? Parent,
    string DefaultVersion
);

/// <summary>What orchestrations share.</summary>
/// <param name="Strict">Replays compare payloads and times too.</param>
internal sealed record OrchestrationSettings(DataConverter Converter, ILoggerFactory Loggers, bool Strict);
