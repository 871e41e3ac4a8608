using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.World;

/// <summary>The stub refuses what the published API refuses: a right request, bent in one place each time.</summary>
public sealed class SendGridStubTests
{
    private const string Right = """
        {"personalizations":[{"to":[{"email":"a@x.example"}],"custom_args":{"k":"v"}},{"to":[{"email":"b@x.example"}]}],
         "from":{"email":"s@y.example","name":"S"},"reply_to_list":[{"email":"r@y.example"}],"subject":"Hi",
         "content":[{"type":"text/plain","value":"t"},{"type":"text/html","value":"<p>t"}],
         "attachments":[{"content":"AAAA","filename":"a.bin","type":"image/png","disposition":"inline","content_id":"i"}],
         "headers":{"X-A":"b"},"tracking_settings":{"click_tracking":{"enable":false}}}
        """;

    public static TheoryData<string, string> Bends =>
        new()
        {
            { "", """{"extra":1}""" },
            { "from", "null" },
            { "from", """{"name":"S"}""" },
            { "from", """{"email":"s@y.example","name":"花子"}""" },
            { "reply_to", """{"email":"r@y.example"}""" },
            { "reply_to_list", """[{"email":"r@y.example"},{"email":"R@y.example"}]""" },
            { "subject", "\"\"" },
            { "personalizations", "[]" },
            { "personalizations", """[{"to":[]}]""" },
            { "personalizations", """[{"to":[{"email":"no"}]}]""" },
            { "personalizations", """[{"to":[{"email":"a@x.example","name":"A; B"}]}]""" },
            { "personalizations", """[{"to":[{"email":"a@x.example"}]},{"to":[{"email":"a@x.example"}]}]""" },
            { "personalizations", """[{"to":[{"email":"a@x.example"}],"custom_args":{}}]""" },
            { "personalizations", """[{"to":[{"email":"a@x.example"}],"custom_args":{"k":1}}]""" },
            { "content", "[]" },
            { "content", """[{"type":"text/plain","value":""}]""" },
            { "content", """[{"type":"text/plain; charset=utf-8","value":"t"}]""" },
            { "content", """[{"type":"text/html","value":"t"},{"type":"text/plain","value":"t"}]""" },
            { "attachments", """[{"content":"","filename":"a"}]""" },
            { "attachments", """[{"content":"not base64!","filename":"a"}]""" },
            { "attachments", """[{"content":"AAAA"}]""" },
            { "attachments", """[{"content":"AAAA","filename":"a\nb"}]""" },
            { "attachments", """[{"content":"AAAA","filename":"a","type":"a/b; c=d"}]""" },
            { "attachments", """[{"content":"AAAA","filename":"a","disposition":"hidden"}]""" },
            { "attachments", """[{"content":"AAAA","filename":"a","content_id":"a;b"}]""" },
            { "headers", """{"DKIM-Signature":"x"}""" },
            { "headers", """{"X A":"x"}""" },
            { "headers", """{"X-A":1}""" },
            { "headers", """{"X-A":"1","x-a":"2"}""" },
        };

    [Theory]
    [MemberData(nameof(Bends))]
    public void Refuses_a_request_that_is_wrong_in_one_place(string field, string value)
    {
        var mail = JsonNode.Parse(Right)!.AsObject();
        if (field.Length == 0)
        {
            mail["extra"] = 1;
        }
        else if (value == "null")
        {
            mail.Remove(field);
        }
        else
        {
            mail[field] = JsonNode.Parse(value);
        }

        Check(mail).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Takes_the_right_request_and_refuses_a_wrong_key_a_wrong_type_and_too_many_bytes()
    {
        using var authority = new PrivateAuthority();
        await using var stub = await SendGridStub.StartAsync(authority);
        using var client = authority.NewClient();
        client.BaseAddress = stub.Address;

        (await PostAsync(client, Right, SendGridStub.Key, "application/json")).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(client, Right, "another", "application/json")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(client, Right, SendGridStub.Key, "text/plain")).ShouldBe(HttpStatusCode.BadRequest);
        var large = new string(' ', 30_000_001);
        (await PostAsync(client, large, SendGridStub.Key, "application/json")).ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );
        stub.Mails.Count.ShouldBe(1);
    }

    private static IReadOnlyList<SendGridError> Check(JsonObject mail)
    {
        using var json = System.Text.Json.JsonDocument.Parse(mail.ToJsonString());
        return SendGridRules.Check(json.RootElement);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string body, string key, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send")
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
