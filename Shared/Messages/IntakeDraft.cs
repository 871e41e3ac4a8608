using TlsOrLink.Domains;

namespace TlsOrLink.Messages;

/// <summary>What is known of a message before it is read, for the forms to complete.</summary>
internal sealed record IntakeDraft(
    string Id,
    string Attempt,
    DateTimeOffset CreatedAt,
    IntakeRequest Request,
    IntakeOptions Limits,
    StagedContent Content
)
{
    /// <summary>The caller may send as this address.</summary>
    /// <exception cref="IntakeRefusal">It may not.</exception>
    public void MustBeAllowed(MailAddress sender)
    {
        if (!Request.MaySend(sender))
        {
            throw IntakeRefusal.Sender();
        }
    }

    /// <summary>A file that was uploaded before, as a part of the message.</summary>
    /// <exception cref="IntakeRefusal">There is no such file of this caller.</exception>
    public async Task<JsonPart> ReferAsync(string uploadId, string path, CancellationToken cancellation)
    {
        if (Request.Uploads is not { } uploads)
        {
            throw IntakeRefusal.At(path, "Uploads are not taken here.");
        }

        if (Content.Uploads.Any(upload => string.Equals(upload.File.Id, uploadId, StringComparison.Ordinal)))
        {
            throw IntakeRefusal.At(path, "This upload stands in the message twice. Name it once.");
        }

        var n = Content.Uploads.Count;
        if (n >= uploads.MaxPerMessage)
        {
            throw IntakeRefusal.At(
                path,
                $"There are more than {uploads.MaxPerMessage} uploads. Send several messages."
            );
        }

        var again = Request.IdempotencyKey is null ? null : Id;
        var file = await uploads.FindAsync(Request.Caller, uploadId, path, again, cancellation);
        var place = Content.Upload(file, Storage.Keys.UploadedBlob(CreatedAt, Id, Attempt, n));
        return new JsonPart(place, $"upload:{uploadId}");
    }

    /// <summary>A report names every recipient: it goes to the caller's own people alone.</summary>
    private void MustBeReportable(string? address)
    {
        if (address is not null && !Request.MaySend(MailAddress.Parse(address)))
        {
            throw IntakeRefusal.At("options.reportTo", "Must be an address that this caller may send as.");
        }
    }

    /// <summary>The whole, with the recipients in the order of their numbers.</summary>
    public Intake Complete(
        MailAddress sender,
        IReadOnlyList<MailAddress> recipients,
        IntakeOptionsAsked options,
        MailLanguage language,
        string bodyHash
    )
    {
        MustBeReportable(options.ReportTo);
        return new(
            Id,
            Attempt,
            Request.Caller,
            CreatedAt,
            sender,
            recipients,
            options,
            language,
            bodyHash,
            Request.IdempotencyKey is not null,
            Content
        );
    }
}
