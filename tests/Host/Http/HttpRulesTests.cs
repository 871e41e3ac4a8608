using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Http;

/// <summary>"MVC JSON results are camelCase …".</summary>
public sealed class HttpRulesTests
{
    [Fact]
    public async Task MVC_JSON_results_are_camelCase_and_enums_numbers()
    {
        await using var world = await Start();

        (await world.Http.GetStringAsync("/api/Json")).ShouldBe("""{"someName":"x","colour":1}""");
    }

    [Fact]
    public async Task Enums_are_text_where_MVC_is_configured_so()
    {
        await using var world = await Start(builder =>
            builder.Services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(json =>
                json.JsonSerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter())
            )
        );

        (await world.Http.GetStringAsync("/api/Json")).ShouldBe("""{"someName":"x","colour":"Green"}""");
    }

    [Fact]
    public async Task A_plain_object_gives_200_with_an_empty_body() =>
        await Answers("/api/Plain", HttpStatusCode.OK, "");

    [Fact]
    public async Task An_unhandled_exception_gives_500_with_an_empty_body_and_is_logged_without_the_path()
    {
        await using var world = await Start();

        using var answer = await world.Http.GetAsync("/api/crash/s3cret-token?code=s3cret-query");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        world.Logs.Lines.ShouldContain(l =>
            l.Contains("Crash", StringComparison.Ordinal) && l.Contains("boom", StringComparison.Ordinal)
        );
        world.Logs.Lines.ShouldAllBe(l => !l.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/api/Json", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/Json", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/bound/a/1/0f8fad5b-d9cb-469f-a165-70867728950e", HttpStatusCode.OK)]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/Json", HttpStatusCode.NotFound)]
    public async Task A_wrong_method_gives_404_and_HEAD_is_a_method_like_any(
        string method,
        string path,
        HttpStatusCode status
    )
    {
        await using var world = await Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await world.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Route_values_are_bound_by_name_and_type() =>
        await Answers(
            "/api/bound/a%20b/7/0f8fad5b-d9cb-469f-a165-70867728950e",
            HttpStatusCode.OK,
            "a b 7 0f8fad5b-d9cb-469f-a165-70867728950e True"
        );

    [Fact]
    public async Task The_route_prefix_is_that_of_host_json()
    {
        await using var world = await Start(
            settings: new() { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "" }
        );

        (await world.Http.GetStringAsync("/json")).ShouldContain("someName");
    }

    [Fact]
    public async Task Middleware_sees_the_request_and_may_answer_it()
    {
        await using var world = await Start(builder => builder.UseMiddleware<Refusing>());

        using var answer = await world.Http.GetAsync("/api/Json?refuse=1");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("no");
        (await world.Http.GetStringAsync("/api/Json")).ShouldContain("someName");
    }

    private static async Task Answers(string path, HttpStatusCode status, string body)
    {
        await using var world = await Start();
        using var answer = await world.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    private static Task<EngineWorld> Start(
        Action<Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder>? configure = null,
        Dictionary<string, string?>? settings = null
    ) =>
        EngineWorld.Start(
            new EngineWorldOptions { Configure = configure, Settings = settings ?? [] },
            typeof(HttpFunctionsUnderTest)
        );

    private sealed class Refusing : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var http = context.GetHttpContext()!;
            if (http.Request.Query.ContainsKey("refuse"))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                await http.Response.WriteAsync("no");
                return;
            }

            await next(context);
        }
    }
}
