using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions;
using TlsOrLink.Settings;

namespace TlsOrLink.Tests.Unit.Settings;

/// <summary>A wrong setting stops the start with a message that names it, says what is wrong and gives an example.</summary>
public sealed class WrongSettingTests
{
    private static readonly Dictionary<string, string?> Right = new(StringComparer.Ordinal)
    {
        ["Storage:StateTableUri"] = "https://state.example/",
        ["Storage:ContentBlobUri"] = "https://content.example/",
        ["Storage:HashKey"] = Convert.ToBase64String(new byte[32]),
        ["Events:ChainKey"] = Convert.ToBase64String(new byte[32]),
        ["Links:Host"] = "https://files.sender.example/",
        ["Links:CompanyName"] = "Example",
        ["Smtp:EhloName"] = "out.sender.example",
    };

    /// <summary>Wrong values of settings whose type is text; those of other types are found by their type and range.</summary>
    public static TheoryData<string, string> Texts =>
        new()
        {
            { "Storage:HashKey", "tooshort" },
            { "Storage:StateTableUri", "http://state.example/" },
            { "Events:ChainKey", "tooshort" },
            { "Links:Host", "ftp://files.sender.example" },
            { "Links:CompanyName", "" },
            { "Dns:Servers:0", "not a resolver" },
            { "Smtp:OpenRanges:0", "everywhere" },
            { "Callers:0:Name", "Not A Name" },
            { "DomainRules:0:Domain", "a..b" },
        };

    public static TheoryData<string, string> Typed =>
        [.. KnownSettings.All.SelectMany(setting => Wrong(setting).Select(value => (setting.Name, value)))];

    [Theory]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Typed))]
    public void Stops_the_start_and_says_which_why_and_what_would_be_right(string setting, string wrong)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Start(setting, wrong));

        fault.Message.ShouldContain(setting);
        fault.Message.ShouldContain($"Example: {setting.Replace(":", "__", StringComparison.Ordinal)}=");
        if (wrong.Length > 3)
        {
            fault.ToString().ShouldNotContain(wrong, Case.Sensitive, "a value may be a secret");
        }
    }

    [Fact]
    public void Says_all_that_is_wrong_at_once()
    {
        var fault = Should.Throw<OptionsValidationException>(() =>
            Start("Storage:HashKey", "tooshort", ("Delivery:FirstRetry", "00:00:00"))
        );

        fault.Message.ShouldContain("Storage:HashKey");
        fault.Message.ShouldContain("Delivery:FirstRetry");
    }

    [Fact]
    public void Right_settings_start() => Should.NotThrow(() => Start("Storage:Tries", "3"));

    private static IEnumerable<string> Wrong(KnownSetting setting)
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        if (type == typeof(TimeSpan) || type == typeof(bool) || type.IsEnum || type.IsPrimitive)
        {
            yield return "nonsense";
        }

        if (setting.Property.GetCustomAttribute<RangeAttribute>() is { } range && type != typeof(string))
        {
            yield return Below(range);
        }
    }

    private static string Below(RangeAttribute range) =>
        range.OperandType == typeof(TimeSpan)
            ? "-" + TimeSpan.FromSeconds(1).ToString("c", CultureInfo.InvariantCulture)
            : (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture) - 1).ToString(
                CultureInfo.InvariantCulture
            );

    private static void Start(string setting, string value, params (string Name, string Value)[] more)
    {
        var builder = FunctionsApplication.CreateBuilder(["--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection(Right);
        builder.Configuration.AddInMemoryCollection(
            more.Append((Name: setting, Value: value)).Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))
        );
        builder.AddTlsOrLink();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
