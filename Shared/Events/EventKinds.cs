namespace TlsOrLink.Events;

/// <summary>What can have happened: the slugs of the audit trail. Stored for years: rename none, reuse none.</summary>
internal static class EventKinds
{
    /// <summary>Intake kept the message.</summary>
    public const string MessageStored = "message.stored";

    /// <summary>Rules on messages were met at intake: which, and what they ask for, without a word of what was found.</summary>
    public const string MessageScreened = "message.screened";
    public const string MessageHeld = "message.held";
    public const string MessageReleased = "message.released";
    public const string MessageApproved = "message.approved";
    public const string MessageRejected = "message.rejected";
    public const string MessageCancelled = "message.cancelled";

    /// <summary>Nobody decided on the held message in time.</summary>
    public const string MessageExpired = "message.expired";
    public const string MessageRecalled = "message.recalled";

    /// <summary>No recipient waits any more.</summary>
    public const string MessageCompleted = "message.completed";

    /// <summary>The first plan, where it did not come to an end in the same step: the outcome then tells the plan too.</summary>
    public const string RecipientPlanned = "recipient.planned";

    /// <summary>The receiving server said 250.</summary>
    public const string RecipientAccepted = "recipient.accepted";

    /// <summary>A provider took the mail over and tells later how it ended.</summary>
    public const string RecipientHandedOver = "recipient.handed-over";

    /// <summary>The receiving server said 250 to the notice with the link.</summary>
    public const string RecipientLinked = "recipient.linked";
    public const string RecipientDeferred = "recipient.deferred";
    public const string RecipientBounced = "recipient.bounced";
    public const string RecipientUndeliverable = "recipient.undeliverable";

    /// <summary>Nobody knows whether the server took it.</summary>
    public const string RecipientUnconfirmed = "recipient.unconfirmed";
    public const string RecipientCancelled = "recipient.cancelled";

    /// <summary>A mail server behind the receiving one told how it goes: delayed, relayed, delivered.</summary>
    public const string RecipientReported = "recipient.reported";

    /// <summary>The message cannot go as it is (TLS lost at sending, too large): a link goes instead.</summary>
    public const string RecipientRerouted = "recipient.rerouted";

    /// <summary>The landing page was fetched, by a person or by a scanner.</summary>
    public const string LinkOpened = "link.opened";

    /// <summary>A file's button was pressed and its storage URL issued.</summary>
    public const string LinkDownloaded = "link.downloaded";
    public const string LinkRevoked = "link.revoked";
    public const string LinkExtended = "link.extended";
    public const string LinkExpired = "link.expired";

    /// <summary>The link ends soon and nothing was downloaded.</summary>
    public const string LinkExpiring = "link.expiring";

    /// <summary>The recipient asked for the files again.</summary>
    public const string LinkRenewalAsked = "link.renewal-asked";

    /// <summary>The recipient asked for a one-time code, and a mail with it is on its way.</summary>
    public const string LinkCodeMailed = "link.code-mailed";
    public const string LinkCodeFailed = "link.code-failed";
    public const string LinkCodeLocked = "link.code-locked";

    /// <summary>A subscriber did not take an event, and it is tried no more.</summary>
    public const string EventUndelivered = "event.undelivered";
}
