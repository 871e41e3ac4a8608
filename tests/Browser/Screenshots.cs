using System.Runtime.CompilerServices;

namespace TlsOrLink.Tests.Browser;

/// <summary>The pictures in <c>docs/screenshots</c>: a phone in Japanese, a desktop in English.</summary>
internal static class Screenshots
{
    /// <summary>Of a long list the beginning: pictures stay small.</summary>
    private const int MaxHeight = 1800;

    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("TLSORLINK_WRITE_DOCS") == "1";

    /// <summary>The folder in the repository.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "docs", "screenshots");

    /// <summary>Takes a picture of what the viewer sees, where the documents are to be written and such a picture is in them.</summary>
    public static async Task KeepAsync(Visit visit, string name)
    {
        var viewer = visit.Viewer;
        if (IsWriting && viewer.HasScript && viewer.IsDark == (viewer.Language == "ja"))
        {
            var height = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
            await visit.Page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(Folder, FileOf(name, viewer.Language)),
                    FullPage = true,
                    Clip = new() { Width = viewer.Width, Height = Math.Min(height, MaxHeight) },
                }
            );
        }
    }

    /// <summary>Name of a picture.</summary>
    public static string FileOf(string name, string language) => $"{name}.{language}.png";

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
