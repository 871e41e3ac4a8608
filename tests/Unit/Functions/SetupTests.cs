using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Functions;

namespace TlsOrLink.Tests.Unit.Functions;

public sealed class SetupTests
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Storage:StateTableUri"] = "https://state.example/",
        ["Storage:ContentBlobUri"] = "https://content.example/",
        ["Events:ChainKey"] = Convert.ToBase64String(new byte[32]),
        ["Storage:HashKey"] = Convert.ToBase64String(new byte[32]),
        ["Links:Host"] = "https://files.example/",
        ["Links:CompanyName"] = "Example",
        ["Sending:EhloName"] = "out.example",
    };

    public static TheoryData<Type> FunctionClasses =>
        [
            .. typeof(Setup)
                .Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), false)))
                .Where(type => !type.IsAbstract),
        ];

    [Theory]
    [MemberData(nameof(FunctionClasses))]
    public async Task Every_function_has_what_it_asks_for(Type function)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.AddTlsOrLink();
        await using var services = builder.Services.BuildServiceProvider();

        Should.NotThrow(() => ActivatorUtilities.CreateInstance(services, function));
    }

    [Fact]
    public void Schedules_have_defaults_that_any_setting_overrides()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddTlsOrLink();
        builder.Configuration["Purging:Schedule"].ShouldBe("0 */5 * * * *");

        builder.Configuration.AddInMemoryCollection([new("Purging:Schedule", "* * * * * *")]);
        builder.Configuration["Purging:Schedule"].ShouldBe("* * * * * *");
    }
}
