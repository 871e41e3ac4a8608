using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Http;

/// <summary>The answer to callers who lack a role.</summary>
internal static class MissingRole
{
    /// <summary>403 where the caller lacks the role; null where it has it.</summary>
    /// <param name="caller">Null lacks every role.</param>
    /// <param name="role">What is needed.</param>
    /// <param name="detail">Which role, and where it is given.</param>
    public static ObjectResult? Of(Caller? caller, CallerRoles role, string detail) =>
        caller?.Is(role) == true ? null : Problem.Of(StatusCodes.Status403Forbidden, "role-missing", detail);
}
