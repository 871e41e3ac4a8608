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

    public string Root { get; } =
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"kit-{Guid.NewGuid():n}"), ForAll).FullName;

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

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A server that is just ending may still write; what is left lies in the system's temporary folder.
        }
    }
}
