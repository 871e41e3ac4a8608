using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Middleware;

/// <summary>How a request says who calls.</summary>
internal enum Credential
{
    /// <summary>A key in a header, which no browser sends by itself.</summary>
    Key,

    /// <summary>The platform signed the person in.</summary>
    Principal,

    /// <summary>Our own cookie.</summary>
    Session,
}

/// <summary>Who calls, and how we know.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Credential">How it was said.</param>
/// <param name="SessionId">Id of the session; null for other credentials.</param>
internal sealed record KnownCaller(Caller Caller, Credential Credential, string? SessionId = null)
{
    /// <summary>A browser sends it by itself, to wherever another site points it.</summary>
    public bool IsAmbient => Credential is not Credential.Key;
}
