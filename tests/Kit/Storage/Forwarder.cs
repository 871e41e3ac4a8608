using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>
/// Passes a request on as it came: path and query byte for byte and Host unchanged, since account-key signatures and
/// the URLs inside a batch cover them. Blob bodies are streamed.
/// </summary>
internal sealed class Forwarder(PrivateAuthority authority) : IDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Upgrade",
        "Expect",
    };

    private readonly HttpMessageInvoker _client = new(authority.NewHandler());

    public async Task<HttpResponseMessage> SendAsync(
        HttpContext context,
        Uri target,
        StorageService service,
        byte[] body
    )
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(
                target.GetLeftPart(UriPartial.Authority) + raw,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        );
        var hasBody = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        request.Content =
            service == StorageService.Table && body.Length > 0 ? new ByteArrayContent(body)
            : hasBody ? new StreamContent(context.Request.Body, 1 << 16)
            : context.Request.ContentLength == 0 ? new ByteArrayContent([])
            : null;
        foreach (var (name, values) in context.Request.Headers.Where(h => !HopByHop.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        // Once passed on, storage finishes it even if the client dies: only the answer is lost then.
        return await _client.SendAsync(request, service == StorageService.Table ? default : context.RequestAborted);
    }

    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (
            var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key))
        )
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (context.Request.Method != HttpMethods.Head)
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    public void Dispose() => _client.Dispose();
}
