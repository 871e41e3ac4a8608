using System.Net.Http.Headers;
using System.Text;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>What the app answered, as a contract is held against it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">Without parameters; empty where there is none.</param>
/// <param name="Headers">Those of the answer and of its body, by name in any letter case.</param>
/// <param name="Body">Null where nobody looks into it: it is text without a schema, or the answer to HEAD.</param>
public sealed record ReceivedAnswer(
    int Status,
    string MediaType,
    IReadOnlyDictionary<string, string> Headers,
    byte[]? Body
)
{
    private const int Shown = 2_000;

    /// <summary>Reads an answer; its content can be read again afterwards.</summary>
    /// <param name="reads">Whether to read the body of a media type.</param>
    public static async Task<ReceivedAnswer> ReadAsync(
        HttpResponseMessage answer,
        Func<string, bool> reads,
        CancellationToken cancellation
    )
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        byte[]? body = null;
        if (reads(type))
        {
            await answer.Content.LoadIntoBufferAsync(cancellation);
            body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        }

        IEnumerable<HttpHeaders> headers = [answer.Headers, answer.Content.Headers];
        return new ReceivedAnswer(
            (int)answer.StatusCode,
            type,
            headers
                .SelectMany(some => some.NonValidated)
                .ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body
        );
    }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Body ?? []);
        return $"{Status} {MediaType} {(text.Length > Shown ? text[..Shown] : text)}";
    }
}
