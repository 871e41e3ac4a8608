using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>The terms of a search as they came in, in a URL or in a body, as texts by name; and what is wrong by name.</summary>
internal sealed class SearchForm
{
    /// <summary>The term that continues a search.</summary>
    public const string Continuation = "continuation";

    private const string Language = "lang";
    private const int MaxName = 100;

    private static readonly HashSet<string> Known = new(SearchTerms.Names.Append(Continuation), StringComparer.Ordinal);

    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);

    private SearchForm() { }

    public IReadOnlyDictionary<string, string> Given => given;

    public Dictionary<string, string[]> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The terms of a URL.</summary>
    public static SearchForm Of(IQueryCollection query)
    {
        var form = new SearchForm();
        foreach (
            var (name, values) in query.Where(pair => !string.Equals(pair.Key, Language, StringComparison.Ordinal))
        )
        {
            if (values is [{ } only])
            {
                // In a URL a plus sign is a space unless it is encoded: an offset is often written without.
                form.Add(name, name is "from" or "to" ? only.Replace(' ', '+') : only);
            }
            else
            {
                form.Errors[PathOf(name)] = ["Give it once."];
            }
        }

        return form;
    }

    /// <summary>The terms of a body.</summary>
    public static SearchForm Of(ReadOnlyMemory<byte> body)
    {
        var form = new SearchForm();
        try
        {
            using var json = JsonDocument.Parse(body);
            form.Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            form.Errors["$"] = ["""Must be JSON: { "recipient": "taro@partner.example" }, or { } for all messages."""];
        }

        return form;
    }

    private void Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Errors["$"] = ["""Must be an object: { "recipient": "taro@partner.example" }, or { } for all messages."""];
            return;
        }

        foreach (var field in json.EnumerateObject())
        {
            var isNumber = field.Name is "top";
            if (given.ContainsKey(field.Name))
            {
                Errors[PathOf(field.Name)] = ["Give it once."];
            }
            else if (field.Value.ValueKind == (isNumber ? JsonValueKind.Number : JsonValueKind.String))
            {
                Add(field.Name, isNumber ? field.Value.GetRawText() : field.Value.GetString()!);
            }
            else if (field.Value.ValueKind == JsonValueKind.Null)
            {
                Add(field.Name, "");
            }
            else
            {
                Errors[PathOf(field.Name)] = [isNumber ? "Must be a number." : "Must be a text."];
            }
        }
    }

    private void Add(string name, string text)
    {
        given[name] = text;
        if (!Known.Contains(name))
        {
            Errors[PathOf(name)] = [$"Is no term of a search. There are {string.Join(", ", Known)}."];
        }
    }

    private static string PathOf(string name) => name.Length is 0 or > MaxName ? "$" : name;
}
