using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>Reads what a request to the REST API of storage is about.</summary>
internal static partial class CallParser
{
    /// <summary>Reads one request.</summary>
    /// <param name="body">The whole body of a table request; empty for blobs.</param>
    public static StorageCall Parse(int number, StorageService service, HttpRequest request, byte[] body)
    {
        var path = Uri.UnescapeDataString(request.Path.Value!).TrimStart('/');
        path = path.StartsWith(Azurite.Account, StringComparison.Ordinal)
            ? path[Azurite.Account.Length..].TrimStart('/')
            : path;
        var (method, text) = (Method(request.Method, request.Headers["X-HTTP-Method"]), Encoding.UTF8.GetString(body));
        if (service == StorageService.Blob)
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            return new(
                number,
                service,
                method,
                slash < 0 ? path : path[..slash],
                slash < 0 ? "" : path[(slash + 1)..],
                $"{request.Query["comp"]}",
                "",
                []
            );
        }

        if (path == "$batch")
        {
            return new(number, service, method, "", "", "$batch", "", Batch(text));
        }

        var entity = Entity(method, path, text);
        var table = TableName().Match(path).Value;
        return new(
            number,
            service,
            method,
            table,
            "",
            "",
            $"{request.Query["$filter"]}",
            entity is null ? [] : [entity]
        );
    }

    private static List<EntityOperation> Batch(string body)
    {
        var found = new List<EntityOperation>();
        var starts = SubRequest().Matches(body);
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Index : body.Length;
            var part = body[starts[i].Index..end];
            var path = Uri.UnescapeDataString(
                new Uri(starts[i].Groups["url"].Value, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } url
                    ? url.AbsolutePath
                    : starts[i].Groups["url"].Value
            );
            path = path[(path.IndexOf(Azurite.Account, StringComparison.Ordinal) + Azurite.Account.Length)..]
                .TrimStart('/');
            if (Entity(Method(starts[i].Groups["method"].Value, null), path, part) is { } entity)
            {
                found.Add(entity);
            }
        }

        return found;
    }

    /// <summary>The keys are in the path, or, for an insert, in the JSON of the body.</summary>
    private static EntityOperation? Entity(string method, string path, string body)
    {
        var keys = Keys().Match(path);
        if (keys.Success)
        {
            return new(method, keys.Groups["table"].Value, Unquote(keys, "partition"), Unquote(keys, "row"));
        }

        var (start, end) = (body.IndexOf('{', StringComparison.Ordinal), body.LastIndexOf('}'));
        if (method != "POST" || start < 0 || path.StartsWith("Tables", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(body[start..(end + 1)]);
        return new(
            method,
            TableName().Match(path).Value,
            json.RootElement.GetProperty("PartitionKey").GetString()!,
            json.RootElement.GetProperty("RowKey").GetString()!
        );
    }

    private static string Unquote(Match keys, string group) =>
        keys.Groups[group].Value.Replace("''", "'", StringComparison.Ordinal);

    private static string Method(string method, string? tunnelled) =>
        tunnelled is { Length: > 0 } ? Method(tunnelled, null)
        : method == "MERGE" ? "PATCH"
        : method;

    [GeneratedRegex(
        @"^(?<table>\w+)\(PartitionKey='(?<partition>.*?)',\s*RowKey='(?<row>.*)'\)$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Keys();

    [GeneratedRegex(@"^\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex TableName();

    [GeneratedRegex(
        @"^(?<method>GET|POST|PUT|PATCH|MERGE|DELETE) (?<url>\S+) HTTP/1\.1\r?$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline
    )]
    private static partial Regex SubRequest();
}
