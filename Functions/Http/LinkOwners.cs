using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>A link is the business of the caller who sent its message, and of nobody else.</summary>
internal sealed class LinkOwners(LinkTable links, MessageTable messages)
{
    private const int IdLength = 64;

    /// <summary>Whether the caller sent the message.</summary>
    public static bool Owns(Caller? caller, MessageRow message) =>
        string.Equals(message.Caller, caller?.Name, StringComparison.Ordinal);

    /// <summary>The caller has sent the message of this link. Another's link is as unknown as one that is not there.</summary>
    public async Task<bool> OwnsAsync(Caller? caller, string linkId, CancellationToken cancellation) =>
        linkId.Length == IdLength
        && linkId.All(char.IsAsciiHexDigitLower)
        && await links.FindAsync(linkId, cancellation) is { } link
        && await messages.FindAsync(link.MessageId, cancellation) is { } message
        && Owns(caller, message);

    /// <summary>The answer to a wish to change a link: 200, or 409 with what can be done instead.</summary>
    public static IActionResult Answer(ChangedLink changed, DateTimeOffset now) =>
        changed switch
        {
            { Change: LinkChange.Done, Row: { } row } => new OkObjectResult(LinkDetailView.Of(row, null, now)),
            { Change: LinkChange.Ended } => Problem.Of(
                409,
                "link-ended",
                "The link's time is over and its files are gone or going: send the message again."
            ),
            { Change: LinkChange.Revoked } => Problem.Of(
                409,
                "link-revoked",
                "The link was taken back, which cannot be undone: send the message again."
            ),
            { Change: LinkChange.Fixed } => Problem.Of(
                409,
                "link-fixed",
                "The mail names the storage address of each file, whose end cannot be moved: revoke the link and send the message again."
            ),
            { Change: LinkChange.TooLong, Row: { } row } => Problem.Of(
                400,
                "link-too-long",
                $"A link lives for at most {LinkOptions.MaxLife.Days} days in all: this one until {Latest(row)} at the latest.",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["expiresInHours"] =
                    [
                        $"Must end by {Latest(row)}, {LinkOptions.MaxLife.Days} days after the link was made.",
                    ],
                }
            ),
            _ => Problem.NotFound("link"),
        };

    private static string Latest(LinkRow row) =>
        (row.CreatedAt + LinkOptions.MaxLife).UtcDateTime.ToString(
            "yyyy-MM-ddTHH:mm:ssZ",
            System.Globalization.CultureInfo.InvariantCulture
        );
}
