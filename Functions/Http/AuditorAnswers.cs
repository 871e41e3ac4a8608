using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Http;

/// <summary>What routes for auditors have in common.</summary>
internal static class AuditorAnswers
{
    /// <summary>The answer to a caller who is no auditor; null for one who is.</summary>
    public static ObjectResult? Refusal(Caller? caller) =>
        MissingRole.Of(
            caller,
            CallerRoles.Auditor,
            "This needs the role auditor: add it to the caller's Roles in the configuration."
        );
}
