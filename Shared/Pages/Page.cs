namespace TlsOrLink.Pages;

/// <summary>A whole answer for a person: the trigger copies it and decides nothing.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Every header of the answer, <c>Content-Type</c> too.</param>
/// <param name="Html">The document.</param>
internal sealed record Page(int Status, IReadOnlyDictionary<string, string> Headers, string Html)
{
    /// <summary>The page with one more header, or another value of it.</summary>
    public Page With(string header, string value) =>
        this with
        {
            Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value },
        };
}
