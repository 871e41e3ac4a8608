using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Storage;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// Opens the state of one message for reading, in place of a key: pollers that follow <c>Location</c> often drop headers. It is no
/// caller's key and opens nothing else.
/// </summary>
internal sealed class Ticket(AddressHash hash)
{
    private const string Purpose = "operation-ticket";
    private const string Parameter = "ticket";

    /// <summary>The path and query at which the message can be polled.</summary>
    public string LocationOf(string id) => $"/api/messages/{id}/operation?{Parameter}={Of(id)}";

    /// <summary>The request carries the ticket of the very message that it asks for.</summary>
    public bool Opens(string function, HttpRequest request) =>
        string.Equals(function, nameof(GetOperation), StringComparison.Ordinal)
        && request.RouteValues.TryGetValue("id", out var id)
        && request.Query.TryGetValue(Parameter, out var given)
        && given is [{ } only]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of($"{id}")), Encoding.UTF8.GetBytes(only));

    private string Of(string id) => hash.For(Purpose, id);
}
