using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using TlsOrLink.Faults;

namespace TlsOrLink.Storage;

/// <summary>
/// Turns what storage answers after the last try into faults, for every adapter at once. What an adapter decides on passes: success,
/// 304, 404, 409, 412 and 416.
/// </summary>
/// <param name="service">What the messages call the service: <c>Table storage</c> or <c>Blob storage</c>.</param>
internal sealed class StorageFaultPolicy(string service) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception error) when (IsAway(error, message.CancellationToken))
        {
            throw Away();
        }

        ThrowIfFailed(message.Response);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception error) when (IsAway(error, message.CancellationToken))
        {
            throw Away();
        }

        ThrowIfFailed(message.Response);
    }

    /// <summary>The error means that storage or the identity could not be reached; not that the caller gave up.</summary>
    public static bool IsAway(Exception error, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested
        && error switch
        {
            AggregateException many => many.InnerExceptions.All(inner => IsAway(inner, cancellation)),
            RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
            AuthenticationFailedException or OperationCanceledException or TimeoutException => true,
            IOException or HttpRequestException => true,
            _ => false,
        };

    private TransientFault Away() => new($"{service} cannot be reached.");

    private void ThrowIfFailed(Response response)
    {
        switch (response.Status)
        {
            case < 400 or 404 or 409 or 412 or 416:
                return;
            case 408 or 429 or >= 500:
                throw new TransientFault($"{service} answered {response.Status}.");
            case 401 or 403:
                throw new PermanentFault(
                    $"{service} refused the app's credential ({response.Status}): give its identity its data roles on storage (README, Deploy it)."
                );
            default:
                throw new PermanentFault($"{service} refused a request with {response.Status}.");
        }
    }
}
