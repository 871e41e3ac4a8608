using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Contract;

/// <summary>The operations on download links.</summary>
internal static class LinkOperations
{
    private static readonly Refusal NoLink = new(404, "not-found");

    public static IEnumerable<Operation> All =>
        [
            new(typeof(GetMessageLinks), "List the links of a message", "Shows every download link of a message.")
            {
                Replies = [Ok<LinkListView>("The links.")],
                Refusals = [NoLink],
                IsAction = true,
            },
            new(typeof(RevokeLink), "Revoke a link", "Takes a download link back.")
            {
                Replies = [Ok<LinkDetailView>("The link.")],
                Refusals = [NoLink, new(409, "link-ended")],
                IsAction = true,
            },
            new(typeof(ExtendLink), "Extend a link", "Lets a download link live for so many hours from now.")
            {
                Bodies = [new("application/json", "Extension", """{ "expiresInHours": 72 }""")],
                Replies = [Ok<LinkDetailView>("The link.")],
                Refusals =
                [
                    NoLink,
                    new(400, "invalid-extension"),
                    new(400, "link-too-long"),
                    new(409, "link-ended"),
                    new(409, "link-revoked"),
                    new(409, "link-fixed"),
                ],
                IsAction = true,
            },
        ];

    private static Reply Ok<T>(string text) => new(200, text, typeof(T));
}
