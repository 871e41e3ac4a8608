using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Events;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>Lets one link live for some hours from now; never shorter than it would.</summary>
internal sealed class ExtendLink(LinkOwners owners, LinkChanges changes, TimeProvider clock)
{
    private const int MaxBytes = 1024;
    private const string Field = "expiresInHours";
    private static readonly int MaxHours = (int)LinkOptions.MaxLife.TotalHours;

    private static readonly Dictionary<string, string[]> Wrong = new(StringComparer.Ordinal)
    {
        [Field] = [$$"""Must be a whole number from 1 to {{MaxHours}}, counted from now: { "expiresInHours": 72 }."""],
    };

    [Function(nameof(ExtendLink))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/links/{linkId}/extend")] HttpRequest request,
        string linkId,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var body = await BoundedBody.ReadAsync(request, MaxBytes, cancellation);
        if (body is not { } bytes || Hours(bytes) is not { } hours)
        {
            return Problem.Of(
                StatusCodes.Status400BadRequest,
                "invalid-extension",
                $"{Field}: {Wrong[Field][0]}",
                Wrong
            );
        }

        return await owners.OwnsAsync(context.Caller(), linkId, cancellation)
            ? LinkOwners.Answer(
                // The caller's going away must not leave the change half made.
                await changes.ExtendAsync(
                    linkId,
                    TimeSpan.FromHours(hours),
                    EventActors.Caller(context.Caller()!.Name),
                    CancellationToken.None
                ),
                clock.GetUtcNow()
            )
            : Problem.NotFound("link");
    }

    private static int? Hours(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement is { ValueKind: JsonValueKind.Object } form
                && form.EnumerateObject().ToList()
                    is [{ Name: Field, Value: { ValueKind: JsonValueKind.Number } value }]
                && value.TryGetInt32(out var hours)
                && hours >= 1
                && hours <= MaxHours
                ? hours
                : null;
        }
        catch (JsonException)
        {
            return null; // said to the caller as a fault of the field
        }
    }
}
