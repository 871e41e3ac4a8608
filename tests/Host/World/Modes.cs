namespace TlsOrLink.Tests.Host.World;

/// <summary>Orchestration tests run with and without a replay after every await.</summary>
internal static class Modes
{
    public static TheoryData<bool> Both => [false, true];

    public static Task<EngineWorld> Start(bool replay, params Type[] functions) =>
        EngineWorld.Start(new EngineWorldOptions { ReplayAfterEveryAwait = replay }, functions);
}
