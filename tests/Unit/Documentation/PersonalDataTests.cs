using System.Reflection;
using System.Runtime.CompilerServices;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Documentation;

/// <summary><c>docs/personal-data.md</c> names every column of rows about people, every table and every container.</summary>
public sealed class PersonalDataTests
{
    private const string Advice = "say in docs/personal-data.md what it is of people, for what and how long";

    private static readonly string Page = File.ReadAllText(FileOf());

    [Theory]
    [InlineData(typeof(MessageRow))]
    [InlineData(typeof(RecipientRow))]
    [InlineData(typeof(FileRow))]
    public void Every_column_of_a_row_is_named(Type row) =>
        row.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name != nameof(Row.ETag))
            .Select(property => property.Name)
            .Where(name => !IsNamed(name))
            .ShouldBeEmpty(Advice);

    [Fact]
    public void Every_column_of_a_link_is_named()
    {
        var link = new LinkRow("id", "message", "attempt", 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        LinkColumns
            .Write(link)
            .Keys.Except(["PartitionKey", "RowKey", "odata.etag", "Timestamp"], StringComparer.Ordinal)
            .Where(name => !IsNamed(name))
            .ShouldBeEmpty(Advice);
    }

    [Fact]
    public void Every_table_and_container_is_named() =>
        TableNames.All.Concat(ContainerNames.All).Where(name => !IsNamed(name)).ShouldBeEmpty(Advice);

    private static bool IsNamed(string name) => Page.Contains($"`{name}`", StringComparison.Ordinal);

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/personal-data.md"));
}
