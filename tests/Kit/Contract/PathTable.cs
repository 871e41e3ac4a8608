namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>Finds the operation of a request. Where a path fits several templates, that with the most words of its own is meant, as in the app's router.</summary>
internal sealed class PathTable<T>
    where T : class
{
    private readonly List<(string Method, string[] Template, T Value)> rows = [];

    public IEnumerable<T> All => rows.Select(row => row.Value);

    /// <param name="method">In either letter case.</param>
    /// <param name="template">As <c>/api/messages/{id}</c>.</param>
    public void Add(string method, string template, T value) =>
        rows.Add((method.ToUpperInvariant(), template.Split('/'), value));

    /// <param name="method">In capitals; HEAD is GET's.</param>
    /// <param name="path">Without query.</param>
    public T? Find(string method, string path)
    {
        var (parts, asked) = (path.Split('/'), method == "HEAD" ? "GET" : method);
        return rows.Where(row => row.Method == asked && Fits(row.Template, parts))
            .OrderByDescending(row => row.Template.Count(part => !IsHole(part)))
            .FirstOrDefault()
            .Value;
    }

    private static bool Fits(string[] template, string[] parts) =>
        parts.Length == template.Length
        && template.Zip(parts).All(pair => IsHole(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static bool IsHole(string part) => part.StartsWith('{');
}
