using System.Net.Http.Headers;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// Reads a request to send while it arrives. What was read is staged in storage and nothing of it is kept until
/// <see cref="IntakeWriter"/> has written it.
/// </summary>
internal sealed class IntakeReader(
    BlobServiceClient blobs,
    AddressHash hash,
    IOptions<IntakeOptions> options,
    IOptions<SendableOptions> sendable,
    TimeProvider time
)
{
    private const int MaxKey = 255;
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Messages);

    /// <summary>Reads the request.</summary>
    /// <returns>An <see cref="Intake"/>, or the <see cref="IntakeProblem"/> to answer with.</returns>
    /// <exception cref="Faults.TransientFault">Storage is away: 503.</exception>
    public async Task<IntakeOutcome> ReadAsync(IntakeRequest request, CancellationToken cancellation)
    {
        try
        {
            if (request.ContentLength > options.Value.MaxBytes)
            {
                throw IntakeRefusal.TooLarge(options.Value.MaxBytes);
            }

            var draft = NewDraft(request);
            var form = FormOf(request.ContentType);
            await using var body = new LimitedBody(request.Body, options.Value.MaxBytes);
            var intake = await form(draft, body, cancellation);
            intake = intake.Content.Bytes > sendable.Value.MaxBytes ? intake.ByLink() : intake;
            LinkModeRules.Check(intake.Options, request.Links);
            return intake.Options.TlsPolicy < request.PolicyFloor
                ? throw IntakeRefusal.BelowFloor("options.tlsPolicy", request.PolicyFloor.ToString().ToLowerInvariant())
                : intake with
                {
                    Hold = request.Hold.Apply(intake.HoldAsked, intake.CreatedAt),
                    Options = intake.Options with { Link = request.Links.Complete(intake.Options.Link) },
                };
        }
        catch (IntakeRefusal refusal)
        {
            return refusal.Problem;
        }
    }

    private IntakeDraft NewDraft(IntakeRequest request)
    {
        // Whole milliseconds: the same instant after a round trip through any store.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var id = request.IdempotencyKey is { } key
            ? MustHaveId(request.Caller, key)
            : RandomNumberGenerator.GetHexString(32, true);
        var attempt = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var blob = container.GetBlockBlobClient(Keys.MessageBlob(now, id, attempt));
        return new IntakeDraft(id, attempt, now, request, options.Value, new StagedContent(blob));
    }

    /// <summary>Id of the message that a caller sends under a key; null where there is no key, or none that is good.</summary>
    public string? IdOf(string caller, string? key) =>
        key?.Length is > 0 and <= MaxKey && key.All(c => c is > ' ' and <= '~')
            ? hash.For("message-id", caller, key)
            : null;

    private string MustHaveId(string caller, string key) =>
        IdOf(caller, key)
        ?? throw IntakeRefusal.At("Idempotency-Key", $"Must be 1 to {MaxKey} visible ASCII characters.");

    private static Func<IntakeDraft, Stream, CancellationToken, Task<Intake>> FormOf(string? contentType)
    {
        var known = MediaTypeHeaderValue.TryParse(contentType, out var type);
        var charset = type?.CharSet?.Trim('"');
        return type?.MediaType?.ToLowerInvariant() switch
        {
            "message/rfc822" when known => RawForm.ReadAsync,
            "application/json" when charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) =>
                JsonForm.ReadAsync,
            "multipart/form-data" when known => MultipartForm.ReadAsync,
            _ => throw new IntakeRefusal(
                new IntakeProblem(
                    415,
                    "unsupported-media-type",
                    "Send application/json (UTF-8), multipart/form-data or message/rfc822, and name it in Content-Type."
                )
            ),
        };
    }
}
