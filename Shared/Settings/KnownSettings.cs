using System.Globalization;
using System.Reflection;

namespace TlsOrLink.Settings;

/// <summary>One setting of the app.</summary>
/// <param name="Name"><c>Section:Name</c>, of lists <c>Section:0:Name</c>.</param>
/// <param name="Property">The property that takes it.</param>
/// <param name="Example">A value that it may have; null where the code gives none.</param>
internal sealed record KnownSetting(string Name, PropertyInfo Property, string? Example);

/// <summary>All settings, read from the options classes: those with a constant <c>Section</c>.</summary>
internal static class KnownSettings
{
    private static readonly Lazy<IReadOnlyList<KnownSetting>> Read = new(() => [.. Find()]);

    public static IReadOnlyList<KnownSetting> All => Read.Value;

    /// <summary>The setting that a configuration path means; null for one that nobody knows. Numbers of entries do not matter.</summary>
    public static KnownSetting? Of(string path) =>
        All.FirstOrDefault(setting =>
            string.Equals(WithoutNumbers(setting.Name), WithoutNumbers(path), StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The section of an options class; null where it has none.</summary>
    public static string? SectionOf(Type options) =>
        options
            .GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            ?.GetRawConstantValue() as string;

    private static IEnumerable<KnownSetting> Find() =>
        typeof(KnownSettings)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is not null)
            .SelectMany(type => Of(SectionOf(type)!, type))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal);

    private static IEnumerable<KnownSetting> Of(string prefix, Type options)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(property => property.CanWrite))
        {
            var item = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : null;
            if (item is { IsClass: true } && item != typeof(string))
            {
                // A list of settings objects is the section itself, numbered.
                foreach (var inner in Of($"{prefix}:0", item))
                {
                    yield return inner;
                }
            }
            else
            {
                var example =
                    property.GetCustomAttribute<ExampleAttribute>()?.Value ?? Text(property.GetValue(defaults));
                yield return new KnownSetting($"{prefix}:{property.Name}", property, example);
            }
        }
    }

    private static string? Text(object? value) =>
        value switch
        {
            null or "" => null,
            bool truth => truth ? "true" : "false",
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            System.Collections.IEnumerable => null,
            _ => value.ToString(),
        };

    private static string WithoutNumbers(string path) =>
        string.Join(':', path.Split(':').Where(part => !part.All(char.IsAsciiDigit)));
}
