using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Holding;

/// <summary>Whose page of which message an approval link opens.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Approver">Name of the approver.</param>
/// <param name="Text">As it stands in the URL.</param>
internal sealed record ApprovalToken(string MessageId, string Approver, string Text)
{
    /// <summary>Not the token itself: it must not end in a log.</summary>
    public override string ToString() => nameof(ApprovalToken);
}

/// <summary>
/// Makes and reads approval links. A link says whose page it is and proves that we sent it there; it is no authority to see or to decide:
/// whoever opens it signs in.
/// </summary>
internal sealed class ApprovalTokens(AddressHash hash, IOptions<LinkOptions> links)
{
    private const string Purpose = "approval-link";
    private const int IdLength = 32;
    private const char Separator = '.';

    /// <summary>The page of an approver.</summary>
    public Uri UrlOf(string messageId, string approver) =>
        new($"{links.Value.Host!.AbsoluteUri.TrimEnd('/')}{PathOf(Of(messageId, approver))}");

    /// <summary>The path of a page.</summary>
    public static string PathOf(ApprovalToken token) => $"/approvals/{token.Text}";

    /// <summary>The token of an approver's page.</summary>
    public ApprovalToken Of(string messageId, string approver) =>
        new(
            messageId,
            approver,
            $"{messageId}{Separator}{approver}{Separator}{hash.For(Purpose, messageId, approver)}"
        );

    /// <summary>Reads a token; null where it is not ours.</summary>
    public ApprovalToken? Read(string text) =>
        text.Split(Separator) is [{ Length: IdLength } id, { Length: > 0 } approver, _]
        && Of(id, approver) is var token
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(token.Text),
            System.Text.Encoding.UTF8.GetBytes(text)
        )
            ? token
            : null;
}
