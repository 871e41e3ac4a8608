using System.Text;
using TlsOrLink.Functions.Contract;
using TlsOrLink.Tests.Kit.Contract;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>Answers are held against OpenAPI 2.0 too, as far as that says anything.</summary>
public sealed class SwaggerDocumentTests
{
    private const string Link = """
        { "id": "a", "recipient": null, "state": "live", "createdAt": "2026-01-09T01:02:03+00:00", "expiresAt": "2026-01-09T01:02:03+00:00",
          "revokedAt": null, "maxDownloads": null, "downloads": 0, "isDirect": false, "lastDownloadAt": null, "files": [] }
        """;

    private static readonly SwaggerDocument Whole = new(Swagger.Write(Operations.All));
    private static readonly SwaggerDocument Connector = new(Swagger.Connector(Operations.All, "app.example"));

    [Theory]
    [InlineData(200, "", "", null)]
    [InlineData(418, "", "", "does not document this status")]
    [InlineData(200, "\"downloads\": 0", "\"downloads\": null", "/downloads")]
    [InlineData(200, "\"live\"", "1", "/state")]
    [InlineData(200, "\"files\": []", "\"files\": [], \"more\": 1", "/more")]
    [InlineData(200, "\"files\": []", "\"file\": []", "files")]
    public void What_contradicts_it_is_found(int status, string right, string wrong, string? fault)
    {
        var body = right.Length == 0 ? Link : Link.Replace(right, wrong, StringComparison.Ordinal);
        foreach (var document in (SwaggerDocument[])[Whole, Connector])
        {
            var said = document.FaultOf("POST", "/api/links/a/revoke", Answer(status, body));
            (said is null).ShouldBe(fault is null, said);
            (said ?? "").ShouldContain(fault ?? "");
        }
    }

    [Fact]
    public void Of_an_operation_that_it_does_not_have_it_says_nothing()
    {
        Connector.FaultOf("GET", "/api/subscriptions", Answer(418, "{}")).ShouldBeNull();
        Whole.FaultOf("GET", "/api/subscriptions", Answer(418, "{}")).ShouldNotBeNull();
    }

    [Fact]
    public void A_trigger_is_an_operation_of_its_own_there() =>
        Connector.FaultOf("POST", "/api/subscriptions/events/message.held", Answer(201, "{}")).ShouldNotBeNull();

    private static ReceivedAnswer Answer(int status, string body) =>
        new(
            status,
            "application/json",
            new Dictionary<string, string>(StringComparer.Ordinal),
            Encoding.UTF8.GetBytes(body)
        );
}
