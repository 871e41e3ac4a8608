using System.Runtime.CompilerServices;

namespace TlsOrLink.Tests.Unit.Architecture;

public sealed class FileLengthTests
{
    private const int MaxLines = 200;
    private static readonly string[] Rooms = ["Functions", "Shared", "Embedded", "tests"];

    [Fact]
    public void A_file_is_one_idea_of_at_most_200_lines() =>
        Rooms
            .SelectMany(room =>
                Directory.EnumerateFiles(Path.Combine(Root(), room), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file =>
                !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")
            )
            .Where(file => File.ReadLines(file).Count() > MaxLines)
            .Select(file => Path.GetRelativePath(Root(), file))
            .ShouldBeEmpty("split these by idea");

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
