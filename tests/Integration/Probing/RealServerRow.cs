using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>One domain of the table: what it is, and what must come of it.</summary>
/// <param name="Domain">The domain that is probed.</param>
/// <param name="What">The server and the zone in words.</param>
/// <param name="Level">The level of the verdict.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Routes">Routes for the policies encrypted, verified and authenticated: T, L, D or U.</param>
internal sealed record RealServerRow(string Domain, string What, TlsLevel Level, string Reason, string Routes)
{
    public static string RoutesOf(TlsVerdict verdict) =>
        string.Concat(
            Enum.GetValues<TlsPolicy>()
                .Select(policy => RoutePlanner.Plan(new RouteQuestion(verdict, policy)).Route.ToString()[0])
        );

    public static string Print(string what, TlsVerdict verdict) =>
        $"{what, -52} {verdict.Level, -13} {verdict.Reason, -22} {verdict.Policy, -14} {RoutesOf(verdict)}";
}
