using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Http;

/// <summary>A subscription as its caller sees it: the URL without its query, which may be a secret.</summary>
internal sealed record SubscriptionView(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    bool IncludeAddresses,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FailingSince,
    string? LastFailure
)
{
    public static SubscriptionView Of(Subscription one) =>
        new(one.Id, one.ShownUrl, one.Events, one.IncludeAddresses, one.CreatedAt, one.FailingSince, one.LastFailure);
}

/// <summary>A subscription that was made: the only answer that holds its secret.</summary>
internal sealed record NewSubscriptionView(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    bool IncludeAddresses,
    DateTimeOffset CreatedAt,
    string Secret
)
{
    public static NewSubscriptionView Of(Subscription one) =>
        new(one.Id, one.ShownUrl, one.Events, one.IncludeAddresses, one.CreatedAt, one.Secret);

    /// <summary>Nothing: it holds a secret.</summary>
    public override string ToString() => nameof(NewSubscriptionView);
}

/// <summary>A caller's subscriptions, oldest first.</summary>
internal sealed record SubscriptionListView(IReadOnlyList<SubscriptionView> Subscriptions);

/// <summary>Makes subscriptions for the routes that do.</summary>
internal sealed class Subscribing(SubscriptionDesk desk, WebhookGuard guard, ApiAddresses addresses)
{
    private const int MaxBytes = 8192;

    /// <summary>Answers 201 with <c>Location</c>, or what is wrong.</summary>
    /// <param name="request">With the wish in its body.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="only">The one event, where the route names it.</param>
    /// <param name="cancellation">Gives up reading.</param>
    public async Task<IActionResult> AnswerAsync(
        HttpRequest request,
        string caller,
        string? only,
        CancellationToken cancellation
    )
    {
        var form = SubscriptionForm.Read(await BoundedBody.ReadAsync(request, MaxBytes, cancellation), only, guard);
        if (form.Errors.Count > 0)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "invalid-subscription", form.Errors);
        }

        return await desk.AddAsync(caller, form, CancellationToken.None) is { } made
            ? new CreatedResult(addresses.SubscriptionOf(request, made.Id), NewSubscriptionView.Of(made))
            : Problem.Of(
                StatusCodes.Status409Conflict,
                "too-many-subscriptions",
                "You have as many subscriptions as Subscriptions:MaxPerCaller allows: remove one (GET /api/subscriptions lists them)."
            );
    }
}
