namespace TlsOrLink.Benchmarks.Report;

/// <summary>How much is measured.</summary>
internal enum Size
{
    /// <summary>So little that figures mean nothing: proves that a row still runs.</summary>
    Smoke,

    /// <summary>Everything within 15 minutes.</summary>
    Ordinary,

    /// <summary>More repeats, and the largest sets at full size.</summary>
    Long,
}

/// <summary>The size of a run, and where what is built for it lies.</summary>
/// <param name="Size">How much is measured.</param>
/// <param name="Root">Folder of the repository.</param>
/// <param name="Log">Takes a line about what goes on.</param>
internal sealed record Effort(Size Size, string Root, Action<string> Log)
{
    public int Rounds => Pick(1, 5, 11);

    /// <summary>After this time a row begins no further round.</summary>
    public TimeSpan RowTime => TimeSpan.FromSeconds(Pick(10, 75, 600));

    /// <summary>The app as it is deployed: <c>dotnet publish Functions -c Release</c>.</summary>
    public string App { get; init; } = Path.Combine(Root, ".work", "bench", "app", "TlsOrLink.Functions.dll");

    public string EmptyApp => Path.Combine(Root, ".work", "bench", "empty", "TlsOrLink.Benchmarks.EmptyApp.dll");

    public string Micro => Path.Combine(Root, ".work", "bench", "micro", "TlsOrLink.Benchmarks.Micro.dll");

    public int Pick(int smoke, int ordinary, int full) =>
        Size switch
        {
            Size.Smoke => smoke,
            Size.Ordinary => ordinary,
            _ => full,
        };
}

/// <summary>A row of the table, or some that are measured together.</summary>
internal interface IRow
{
    /// <summary>What <c>./bench NAME</c> takes.</summary>
    string Name { get; }

    Task<IReadOnlyList<Finding>> RunAsync(Effort effort);
}
