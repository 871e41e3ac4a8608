using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Tests.Unit.Pages;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("御見積書.xlsx", "XLSX", "Spreadsheet")]
    [InlineData("a.PDF", "PDF", "PDF document")]
    [InlineData("a.b.tar.gz", "GZ", "Archive")]
    [InlineData("noextension", "FILE", "File")]
    [InlineData("a.", "FILE", "File")]
    [InlineData("a.図面", "FILE", "File")]
    [InlineData("a.toolongextension", "FILE", "File")]
    [InlineData("a.<b>", "FILE", "File")]
    public void A_file_is_named_by_its_extension(string name, string badge, string word) =>
        FileKind.Of(name, MailLanguage.En).ShouldBe(new FileKind(badge, word));
}
