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
