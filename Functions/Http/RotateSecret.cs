using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Http;

/// <summary>Gives one of the caller's subscriptions a new secret; the one of before signs too for a day.</summary>
internal sealed class RotateSecret(SubscriptionDesk desk)
{
    private const int MaxBytes = 8192;

    [Function(nameof(RotateSecret))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions/{id}/secret")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var form = SecretForm.Read(await BoundedBody.ReadAsync(request, MaxBytes, cancellation));
        if (form.Errors.Count > 0)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "invalid-subscription", form.Errors);
        }

        if (await desk.RotateAsync(context.Caller()!.Name, id, form.Secret, CancellationToken.None) is not { } rotated)
        {
            return Problem.NotFound("subscription");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new OkObjectResult(NewSecretView.Of(rotated));
    }
}

/// <summary>A subscription with a new secret: the only answer that holds it.</summary>
/// <param name="Id">Of the subscription.</param>
/// <param name="Secret">Signs from now on.</param>
/// <param name="OldSecretUntil">The secret of before signs too until then; null where there is none.</param>
internal sealed record NewSecretView(string Id, string Secret, DateTimeOffset? OldSecretUntil)
{
    public static NewSecretView Of(Subscription one) =>
        new(one.Id, one.Secret, one.OldSecrets is [var last, ..] ? last.Until : null);

    /// <summary>Nothing: it holds a secret.</summary>
    public override string ToString() => nameof(NewSecretView);
}
