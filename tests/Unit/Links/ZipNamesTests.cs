using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class ZipNamesTests
{
    [Fact]
    public void Equal_names_are_numbered_in_any_case_and_keep_their_extension()
    {
        var names = ZipDownloads.Names(Files("a.txt", "A.TXT", "a (2).txt", "a.txt", "b"));

        names.ShouldBe(["a.txt", "A (2).TXT", "a (2) (2).txt", "a (3).txt", "b"]);
    }

    [Fact]
    public void No_name_leaves_the_folder()
    {
        var names = ZipDownloads.Names(Files("../../etc/passwd", "C:\\x.exe", "\u202Efdp.exe", ""));

        names.ShouldAllBe(name =>
            name.Length > 0 && !name.Any(c => c == '/' || c == '\\' || c == ':' || c == '\u202E')
        );
        names.ShouldAllBe(name => !name.StartsWith('.'));
    }

    private static LinkFile[] Files(params string[] names) => [.. names.Select((name, n) => Sample.File(n, name))];
}
