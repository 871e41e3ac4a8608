namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>Where <c>npm ci</c> has put the Node parts: <c>tests/Kit/node</c>.</summary>
internal static class NodeFolder
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var found = Path.Combine(at.FullName, "tests", "Kit", "node");
            if (Directory.Exists(Path.Combine(found, "node_modules")))
            {
                return found;
            }
        }

        throw new InvalidOperationException("tests/Kit/node/node_modules is not there: run ./test, or 'npm ci' there.");
    }
}
