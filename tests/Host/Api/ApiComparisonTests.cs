using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Embedded;

namespace TlsOrLink.Tests.Host.Api;

public sealed class ApiComparisonTests
{
    private static IEnumerable<Type> Mirrored =>
        typeof(EmbeddedOptions)
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal));

    [Fact]
    public void Declares_nothing_in_a_Microsoft_namespace_that_the_real_API_does_not_have() =>
        new ApiList(ApiList.RealText).Differences(Mirrored).ShouldBeEmpty();

    [Fact]
    public void Declares_in_its_own_namespaces_only_its_options() =>
        typeof(EmbeddedOptions)
            .Assembly.GetExportedTypes()
            .Where(type => !type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal))
            .ShouldBe([typeof(EmbeddedOptions)]);

    [Fact]
    public void Mirrors_at_least_what_the_app_may_use() => Mirrored.Count().ShouldBeGreaterThan(50);

    [Theory]
    [InlineData("string Schedule { get; }", "int Schedule { get; }", "string Schedule")]
    [InlineData("bool RunOnStartup { get; set; }", "bool RunOnStartup { get; init; }", "bool RunOnStartup")]
    [InlineData("bool getInputsAndOutputs = False", "bool getInputsAndOutputs = True", "getInputsAndOutputs = False")]
    [InlineData("abstract Guid NewGuid()", "virtual Guid NewGuid()", "abstract Guid NewGuid")]
    [InlineData("Anonymous=0, User=1", "Anonymous=1, User=0", "Anonymous=0")]
    [InlineData("implicit TaskName -> string", "explicit TaskName -> string", "implicit TaskName")]
    [InlineData(
        "[Microsoft.DurableTask.Abstractions] : TaskOptions",
        "[Microsoft.DurableTask.Abstractions]",
        "SubOrchestrationOptions : TaskOptions"
    )]
    [InlineData(
        "sealed class Microsoft.DurableTask.TaskFailedException",
        "class Microsoft.DurableTask.TaskFailedException",
        "sealed class Microsoft.DurableTask.TaskFailedException"
    )]
    [InlineData("class Microsoft.DurableTask.RetryPolicy ", "class Microsoft.DurableTask.OtherPolicy ", "no such type")]
    [InlineData(
        "static HttpContext GetHttpContext(FunctionContext context)",
        "static HttpContext GetHttpContext(FunctionContext other)",
        "GetHttpContext"
    )]
    public void The_comparison_finds_a_difference_in(string real, string changed, string named)
    {
        ApiList.RealText.ShouldContain(real);
        var list = new ApiList(ApiList.RealText.Replace(real, changed, StringComparison.Ordinal));

        list.Differences(Mirrored).ShouldContain(difference => difference.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void The_comparison_finds_a_type_that_only_we_have() =>
        new ApiList(ApiList.RealText)
            .Differences([typeof(OnlyOurs)])
            .ShouldHaveSingleItem()
            .ShouldContain("no such type");

    public sealed class OnlyOurs : FunctionAttribute
    {
        public OnlyOurs()
            : base("x") { }
    }
}
