using TlsOrLink.Links;
using TlsOrLink.Messages;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkColumnsTests
{
    [Fact]
    public void A_row_comes_back_from_its_columns()
    {
        var row = Row(File(1) with { LastPressAt = Now }, File(2)) with
        {
            RevokedAt = Now,
            MaxDownloads = 3,
            Downloads = 2,
            LastPressAt = Now,
            Language = MailLanguage.En,
        };

        var read = LinkColumns.Read(LinkColumns.Write(row));

        read.Files.ShouldBe(row.Files);
        (read with { Files = row.Files }).ShouldBe(row);
    }

    [Fact]
    public void Many_files_with_long_names_fit_because_they_take_several_columns()
    {
        var row = Row([.. Enumerable.Range(1, 500).Select(n => File(n, new string('長', 200) + ".xlsx"))]);

        var entity = LinkColumns.Write(row);

        entity
            .Select(column => column.Value)
            .OfType<string>()
            .Max(value => value.Length)
            .ShouldBeLessThanOrEqualTo(32_768);
        LinkColumns.Read(entity).Files.ShouldBe(row.Files);
    }
}
