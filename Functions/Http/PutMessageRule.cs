using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>Puts a rule in place of the former one of its id. This instance uses it at once, others within a minute.</summary>
internal sealed class PutMessageRule(
    MessageRuleTable table,
    MessageRuleBook book,
    IOptions<ScreeningOptions> options,
    TimeProvider clock
)
{
    // A row's text has 64 KiB, in UTF-16.
    private const int MaxBytes = 24 * 1024;
    private const string NotJson = """Must be JSON of at most 24 KiB: { "action": "warn", "personalData": {} }.""";

    [Function(nameof(PutMessageRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/message-rules/{id}")] HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var caller = context.Caller();
        if (MessageRuleAnswers.Refusal(caller) is { } refusal)
        {
            return refusal;
        }

        var body = await BoundedBody.ReadAsync(request, MaxBytes, cancellation);
        if (body is not { } bytes || Read(id, bytes) is not { } form)
        {
            return MessageRuleAnswers.Wrong("$", NotJson);
        }

        return form.Rule is { } rule
            ? await PutAsync(new StoredMessageRule(rule, caller!.Name, clock.GetUtcNow()))
            : MessageRuleAnswers.Wrong(form.Errors);
    }

    private async Task<IActionResult> PutAsync(StoredMessageRule stored)
    {
        // The caller's going away must not leave it unknown here what was written.
        await table.PutAsync(stored, CancellationToken.None);
        book.Forget();
        return new OkObjectResult(MessageRuleView.Of(stored));
    }

    /// <summary>Null where it is no JSON, or a string in it holds half a surrogate pair.</summary>
    private MessageRuleForm? Read(string id, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return MessageRuleForm.Read(id, json.RootElement, options.Value.Groups.Keys);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // said to the caller as a fault of the field $
        }
    }
}
