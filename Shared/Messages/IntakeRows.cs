using TlsOrLink.Events;
using TlsOrLink.Screening;

namespace TlsOrLink.Messages;

/// <summary>The rows of a message that was read.</summary>
internal static class IntakeRows
{
    public static (MessageRow Message, IReadOnlyList<RecipientRow> Recipients) Of(Intake intake)
    {
        var message = new MessageRow(intake.Id)
        {
            Attempt = intake.Attempt,
            Caller = intake.Caller,
            Sender = intake.Sender.ToString(),
            State = intake.Hold is null ? MessageState.Stored : MessageState.Held,
            CreatedAt = intake.CreatedAt,
            Bytes = intake.Content.Bytes,
            RecipientCount = intake.Recipients.Count,
            DomainCount = intake.Recipients.Select(recipient => recipient.Domain).Distinct().Count(),
            FileCount = MessageRow.FilesNotTakenOut,
            UploadCount = intake.Content.Uploads.Count,
            RouteOption = intake.Options.Route,
            TlsPolicyOption = intake.Options.TlsPolicy,
            LinkLifeHours = intake.Options.LinkLifeHours,
            ProtectBody = intake.Options.ProtectBody,
            ReportTo = intake.Options.ReportTo,
            LinkWish = intake.Options.Link,
            BodyHash = intake.BodyHash,
            HasIdempotencyKey = intake.HasIdempotencyKey,
            Language = intake.Language,
            RuleHits = intake.RuleHits,
            Blob = intake.Content.Blob,
            Trace = Telemetry.Traces.Current,
        };
        message.Record(
            EventDraft.Of(
                EventKinds.MessageStored,
                EventActors.Caller(intake.Caller),
                intake.CreatedAt,
                ("bytes", message.Bytes),
                ("recipients", message.RecipientCount),
                ("domains", message.DomainCount)
            )
        );
        if (Screened(intake) is { } screened)
        {
            message.Record(screened);
        }

        message.Hold(intake.Hold);
        return (
            message,
            [
                .. intake.Recipients.Select(
                    (recipient, n) =>
                        new RecipientRow(intake.Id, intake.Attempt, n)
                        {
                            Caller = message.Caller,
                            Sender = message.Sender,
                            EightBit = intake.Content.EightBit,
                            Address = recipient.ToString(),
                            Domain = recipient.Domain.Name,
                            State = intake.Hold is null ? RecipientState.Probing : RecipientState.Held,
                            CreatedAt = intake.CreatedAt,
                            UpdatedAt = intake.CreatedAt,
                        }
                ),
            ]
        );
    }

    /// <summary>The rules that were met; null for none. Places, domains and whatever was found stay out: the trail outlives the message.</summary>
    private static EventDraft? Screened(Intake intake) =>
        RuleHit.Read(intake.RuleHits) is { Count: > 0 } hits
            ? EventDraft.Of(
                EventKinds.MessageScreened,
                EventActors.Service,
                intake.CreatedAt,
                ("rules", Joined(hits.Select(hit => hit.Rule))),
                ("actions", Joined(hits.Select(hit => hit.Action.Word()))),
                ("found", Joined(hits.Select(hit => hit.Code)))
            )
            : null;

    private static string Joined(IEnumerable<string> words) => string.Join(',', words.Distinct(StringComparer.Ordinal));
}
