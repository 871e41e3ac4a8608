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

    /// <summary>The whole, with the recipients in the order of their numbers.</summary>
    public Intake Complete(
        MailAddress sender,
        IReadOnlyList<MailAddress> recipients,
        IntakeOptionsAsked options,
        MailLanguage language,
        string bodyHash
    ) =>
        new(
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
