using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Contract;

/// <summary>The search, in both its forms.</summary>
internal static class SearchOperations
{
    private static readonly Refusal WrongSearch = new(400, "invalid-search");

    private static readonly Reply Page = new(200, "A page, newest first.", typeof(MessagePageView));

    public static IEnumerable<Operation> All =>
        [
            new(
                typeof(ListMessages),
                "List messages",
                "The search with its terms in the URL. Addresses are better sent in the body: URLs are logged."
            )
            {
                Parameters =
                [
                    new("sender", "query", "Address that sent it."),
                    new("recipient", "query", "Address among its recipients."),
                    new("state", "query", "State of the message.") { Values = SearchTerms.States },
                    new("from", "query", "A day or an instant: taken then or later."),
                    new("to", "query", "A day or an instant: taken before."),
                    new("top", "query", "Most messages of a page, 1 to 100; without it 25.", "integer"),
                    new("continuation", "query", "Of the former page, with the same terms."),
                ],
                Replies = [Page],
                Refusals = [WrongSearch],
            },
            new(
                typeof(SearchMessages),
                "Search messages",
                "Finds the caller's own messages, newest first, a page at a time."
            )
            {
                Bodies =
                [
                    new("application/json", "MessageSearch", """{ "recipient": "taro@partner.example", "top": 25 }"""),
                ],
                Replies = [Page],
                Refusals = [WrongSearch, new(413, "body-too-large"), new(415, "unsupported-content-type")],
                IsAction = true,
            },
        ];
}
