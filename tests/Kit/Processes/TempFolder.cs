namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>A folder of its own for one world, removed with it. Readable by other users: servers drop their rights.</summary>
public sealed class TempFolder : IDisposable
{
    private const UnixFileMode ForAll =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    static TempFolder()
    {
        // What killed test runs have left: the folder's name begins with the process that made it.
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), "kit-*-*"))
        {
            if (!Directory.Exists($"/proc/{Path.GetFileName(folder).Split('-')[1]}"))
            {
                Remove(folder);
            }
        }
    }

    public string Root { get; } =
        Directory
            .CreateDirectory(
                Path.Combine(Path.GetTempPath(), $"kit-{Environment.ProcessId}-{Guid.NewGuid():n}"),
                ForAll
            )
            .FullName;

    /// <summary>The path of a file in the folder, its own folder made.</summary>
    public string File(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, ForAll);
        return path;
    }

    /// <summary>Makes a folder in the folder.</summary>
    public string Folder(params string[] parts) =>
        Directory.CreateDirectory(Path.Combine([Root, .. parts]), ForAll).FullName;

    public void Dispose() => Remove(Root);

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A server that is just ending may still write, or another run removes it too; the next run removes what is left.
        }
    }
}
