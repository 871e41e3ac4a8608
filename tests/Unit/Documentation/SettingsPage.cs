using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TlsOrLink.Tests.Unit.Documentation;

/// <summary>Makes <c>docs/configuration.md</c> of the options classes and their XML documentation.</summary>
internal static partial class SettingsPage
{
    private const string Head = """
        # Configuration

        Every setting, from the code; `TLSORLINK_WRITE_DOCS=1 ./test --filter Docs_configuration` makes this page anew. Settings are environment variables or app
        settings: `Delivery:RetryPeriod` is `Delivery__RetryPeriod`. Durations are `d.hh:mm:ss`. A wrong value stops the start with a message
        that names the setting. Schedules have seconds: `Auditing:Schedule` (default `0 20 * * * *`), `Purging:Schedule` (default `0 */5 * * * *`), `Reconciling:Schedule` (default
        `30 * * * * *`); on Azure the host reads them from the app settings.

        """;

    public static string Write(Assembly assembly)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        var summaries = documentation
            .Descendants("member")
            .ToDictionary(
                member => (string)member.Attribute("name")!,
                member => Text(member.Element("summary")),
                StringComparer.Ordinal
            );
        var page = new StringBuilder(Head);
        var sections = assembly
            .GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is not null)
            .OrderBy(SectionOf, StringComparer.Ordinal)
            .ThenBy(type => type.Name, StringComparer.Ordinal);
        foreach (var group in sections.GroupBy(SectionOf, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n| setting | meaning |\n| --- | --- |\n");
            foreach (var property in group.SelectMany(PropertiesOf))
            {
                var summary = summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");
                page.Append(CultureInfo.InvariantCulture, $"| `{NameOf(group.Key!, property)}` | {summary} |\n");
            }
        }

        return page.ToString();
    }

    private static string? SectionOf(Type options) =>
        options
            .GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            ?.GetRawConstantValue() as string;

    private static IEnumerable<PropertyInfo> PropertiesOf(Type options) =>
        options
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite)
            .SelectMany(property => ItemOf(property.PropertyType) is { } item ? PropertiesOf(item) : [property]);

    // A list of settings objects is a section of numbered entries.
    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [{ IsClass: true } item] && item != typeof(string)
            ? item
            : null;

    private static string NameOf(string section, PropertyInfo property) =>
        SectionOf(property.DeclaringType!) is null ? $"{section}:0:{property.Name}" : $"{section}:{property.Name}";

    private static string Text(XElement? summary)
    {
        var words = new StringBuilder();
        foreach (var node in summary?.Nodes() ?? [])
        {
            words.Append(
                node switch
                {
                    XText text => text.Value,
                    XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                    XElement { Name.LocalName: "see" } see => $"`{((string?)see.Attribute("cref"))?.Split('.')[^1]}`",
                    XElement other => other.Value,
                    _ => "",
                }
            );
        }

        return Blanks().Replace(words.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
