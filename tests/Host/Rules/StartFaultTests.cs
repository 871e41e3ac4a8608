using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>What is wrong with functions stops the start, with a message that names them.</summary>
public sealed class StartFaultTests
{
    [Theory]
    [InlineData(typeof(AdminName), "adminThings", "begin with 'admin'")]
    [InlineData(typeof(Twins), "Twin", "is used by")]
    [InlineData(typeof(BadRoute), "BadRoute", "route")]
    [InlineData(typeof(SameRoute), "One", "answer the same requests")]
    [InlineData(typeof(BadSchedule), "BadSchedule", "NCrontab")]
    [InlineData(typeof(UnsetSchedule), "UnsetSchedule", "'No:Such:Setting'")]
    [InlineData(typeof(NoTrigger), "NoTrigger", "exactly one")]
    [InlineData(typeof(KeyLevel), "KeyLevel", "Anonymous")]
    [InlineData(typeof(FromNowhere), "FromNowhere", "'what'")]
    public void A_wrong_function_stops_the_start(Type functions, string name, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("faults-").FullName;

        var fault = Should.Throw<InvalidOperationException>(() =>
            EngineWorld.Build(new EngineWorldOptions(), folder, functions)
        );

        fault.Message.ShouldContain(name);
        fault.Message.ShouldContain(reason);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_process_on_the_same_database_is_refused()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));

        var fault = await Should.ThrowAsync<InvalidOperationException>(() =>
            EngineWorld.Start(new EngineWorldOptions { Folder = world.Folder }, typeof(Durables))
        );

        fault.Message.ShouldContain("Embedded:Database");
    }

    internal static class AdminName
    {
        [Function("adminThings")]
        public static void Run([ActivityTrigger] string input) { }
    }

    internal static class Twins
    {
        [Function("Twin")]
        public static void One([ActivityTrigger] string input) { }

        [Function("twin")]
        public static void Two([ActivityTrigger] string input) { }
    }

    internal static class BadRoute
    {
        [Function(nameof(BadRoute))]
        public static IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{id")] HttpRequest r
        ) => new OkResult();
    }

    internal static class SameRoute
    {
        [Function("One")]
        public static IActionResult One(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{a}")] HttpRequest r
        ) => new OkResult();

        [Function("Two")]
        public static IActionResult Two(
            [HttpTrigger(AuthorizationLevel.Anonymous, "GET", "post", Route = "X/{b}")] HttpRequest r
        ) => new OkResult();
    }

    internal static class BadSchedule
    {
        [Function(nameof(BadSchedule))]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) { }
    }

    internal static class UnsetSchedule
    {
        [Function(nameof(UnsetSchedule))]
        public static void Run([TimerTrigger("%No:Such:Setting%")] TimerInfo timer) { }
    }

    internal static class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public static void Run(string input) { }
    }

    internal static class KeyLevel
    {
        [Function(nameof(KeyLevel))]
        public static IActionResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest r) =>
            new OkResult();
    }

    internal static class FromNowhere
    {
        [Function(nameof(FromNowhere))]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, IFormatProvider what) =>
            Task.CompletedTask;
    }
}
