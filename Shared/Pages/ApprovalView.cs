using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>Why an approver is shown no message.</summary>
internal enum ApprovalClosed
{
    /// <summary>No such page: 404.</summary>
    Unknown,

    /// <summary>Somebody decided, or its time is over: 410.</summary>
    Decided,

    /// <summary>The approver is not asked any more: 403.</summary>
    NotYours,

    /// <summary>The form was not one of ours, or is too old: 403.</summary>
    Refused,
}

/// <summary>An approver's sign-in as it is asked for.</summary>
/// <param name="Language">Language of the page.</param>
/// <param name="Path">Path of the page.</param>
/// <param name="Token">Anti-forgery token of the form.</param>
/// <param name="Sender">Who wants to send.</param>
internal sealed record ApprovalSignIn(MailLanguage Language, string Path, string Token, string Sender)
{
    /// <summary>What was wrong with the last PIN: 401, or 429 where none is looked at for a time; null for nothing.</summary>
    public int? Status { get; init; }

    /// <summary>The platform signs people in: there is no PIN.</summary>
    public bool HasEntra { get; init; }
}

/// <summary>What an approver decides on.</summary>
/// <param name="Language">Language of the page.</param>
/// <param name="Path">Path of the page.</param>
/// <param name="Token">Anti-forgery token of its forms.</param>
/// <param name="Sender">Who wants to send.</param>
/// <param name="CreatedAt">When intake took the message.</param>
/// <param name="Until">When it expires.</param>
/// <param name="Recipients">Address and planned route of each.</param>
/// <param name="Files">What was taken out; empty for none.</param>
/// <param name="Body">Null where it cannot be shown.</param>
internal sealed record ApprovalView(
    MailLanguage Language,
    string Path,
    string Token,
    string Sender,
    DateTimeOffset CreatedAt,
    DateTimeOffset Until,
    IReadOnlyList<(string Address, Route? Route)> Recipients,
    IReadOnlyList<FileRow> Files,
    ReadableBody? Body
);
