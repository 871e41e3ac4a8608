using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Http;

internal sealed class HttpFunctionsUnderTest(Notes notes)
{
    internal enum Colour
    {
        Red,
        Green,
    }

    [Function(nameof(Json))]
    public static IActionResult Json([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new OkObjectResult(new { SomeName = "x", Colour = Colour.Green });

    [Function(nameof(Plain))]
    public static object Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new { X = 1 };

    [Function(nameof(Crash))]
    public static IActionResult Crash(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "crash/{token}")] HttpRequest request,
        string token
    ) => throw new InvalidOperationException("boom");

    [Function(nameof(Bound))]
    public static IActionResult Bound(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "bound/{text}/{number:int}/{id:guid}")]
            HttpRequest request,
        string text,
        int number,
        Guid id,
        CancellationToken cancellation
    ) => new ContentResult { Content = $"{text} {number} {id} {cancellation.CanBeCanceled}" };

    [Function(nameof(Read))]
    public static async Task<IActionResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request,
        CancellationToken cancellation
    )
    {
        var hash = await SHA256.HashDataAsync(request.Body, cancellation);
        return new ContentResult { Content = Convert.ToHexStringLower(hash) };
    }

    [Function(nameof(Stream))]
    public async Task<IActionResult> Stream([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        var first = new byte[5];
        await request.Body.ReadExactlyAsync(first);
        notes.Gate("first bytes").SetResult();
        await request.Body.CopyToAsync(System.IO.Stream.Null);
        return new OkResult();
    }

    [Function(nameof(Hang))]
    public async Task<IActionResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await notes.Gate("hang").Task;
        return new OkResult();
    }
}
