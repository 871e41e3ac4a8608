using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsOrLink.Functions.Http;
using TlsOrLink.Inbound;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>What whoever got a signed mail, or knows a name of the DNS, makes of it.</summary>
public sealed class InboundReplayTests : IDisposable
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Hook = """{"to":["send@out.sender.example"],"from":"a@sender.example"}""";
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly ECDsa provider = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA author = RSA.Create(2048);

    public void Dispose()
    {
        provider.Dispose();
        author.Dispose();
    }

    [Fact]
    public async Task A_replay_to_others_or_with_its_signature_spelt_anew_has_the_key_of_the_mail_that_it_repeats()
    {
        var mail = Signed(AuthorKey, DkimSignatureAlgorithm.RsaSha256);
        var end = mail.IndexOf("==\r\n", StringComparison.Ordinal);
        var last = Base64[Base64.IndexOf(mail[end - 1], StringComparison.Ordinal) + 1];

        var first = await KeyOfAsync(mail);
        var others = await KeyOfAsync(mail.Replace("To: b@x.example", "To: eve@y.example", StringComparison.Ordinal));
        var respelt = await KeyOfAsync($"{mail[..(end - 1)]}{last}{mail[end..]}");

        first.ShouldNotBeNull();
        others.ShouldBe(first);
        respelt.ShouldBe(first);
    }

    [Theory]
    [InlineData("Date: Fri, 09 Jan 2026 10:01:00 +0900")]
    [InlineData("Subject: Another")]
    [InlineData("To: eve@y.example")]
    [InlineData("Content-Type: text/html")]
    public async Task A_field_that_a_mail_has_once_is_not_put_over_the_one_that_was_signed(string field)
    {
        var mail = Signed(AuthorKey, DkimSignatureAlgorithm.RsaSha256);

        var (answer, key) = await PostAsync(Email($"{field}\r\n{mail}"), Record);

        (answer.Result, answer.Reason, key).ShouldBe((InboundResult.Refused, "field-repeated", null));
    }

    [Theory]
    [InlineData("v=DKIM1; p=")]
    [InlineData("v=DKIM1; p=AAAA")]
    [InlineData("v=DKIM1; k=ed25519; p=AA==")]
    [InlineData("v=DKIM1; p=\u00e9")]
    [InlineData("v=spf1 -all")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_record_that_holds_no_key_makes_no_signature_good_and_is_no_fault(string? record)
    {
        var (answer, _) = await PostAsync(Email(Signed(AuthorKey, DkimSignatureAlgorithm.RsaSha256)), record);

        (answer.Result, answer.Reason).ShouldBe((InboundResult.Refused, "dkim-not-aligned"));
    }

    [Fact]
    public async Task A_signature_of_another_kind_than_the_key_is_not_good_and_is_no_fault()
    {
        var ed = new Ed25519PrivateKeyParameters(new SecureRandom());
        var edRecord = $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(ed.GeneratePublicKey().GetEncoded())}";

        var overRsa = await PostAsync(Email(Signed(ed, DkimSignatureAlgorithm.Ed25519Sha256)), Record);
        var overEd = await PostAsync(Email(Signed(AuthorKey, DkimSignatureAlgorithm.RsaSha256)), edRecord);

        overRsa.Answer.Reason.ShouldBe("dkim-not-aligned");
        overEd.Answer.Reason.ShouldBe("dkim-not-aligned");
    }

    [Fact]
    public async Task A_signature_that_is_made_up_beside_one_that_is_partial_does_not_hide_it_in_a_parsed_mail()
    {
        const string partial = "DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=s1; h=from:date; l=1; b=QUJD\n";
        var madeUp = partial.Replace(" l=1;", "", StringComparison.Ordinal);
        const string rest = "From: a@sender.example\nTo: b@x.example\n";
        string Form(string headers) =>
            InboundHook.Part("envelope", Hook)
            + InboundHook.Part("dkim", "{@sender.example : pass}")
            + InboundHook.Part("headers", headers)
            + InboundHook.Part("text", "x");

        (await PostAsync(Form(partial + rest), null)).Answer.Reason.ShouldBe("dkim-not-aligned");
        (await PostAsync(Form(madeUp + partial + rest), null)).Answer.Reason.ShouldBe("dkim-not-aligned");
        (await PostAsync(Form(madeUp + rest), null)).Answer.Result.ShouldBe(InboundResult.Accepted);
    }

    [Theory]
    [InlineData("envelope", """{"to":["\ud800"]}""")]
    [InlineData("envelope", """{"\ud800":"x"}""")]
    [InlineData("charsets", """{"to":{"x":"\udc00"}}""")]
    public async Task Half_a_surrogate_pair_in_a_field_is_no_fault(string field, string json)
    {
        var (answer, _) = await PostAsync(
            InboundHook.Part(field, json) + InboundHook.Part("dkim", "{@sender.example : pass}"),
            null
        );

        answer.Result.ShouldBe(InboundResult.Refused);
    }

    private AsymmetricKeyParameter AuthorKey => PrivateKeyFactory.CreateKey(author.ExportPkcs8PrivateKey());

    private string Record => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(author.ExportSubjectPublicKeyInfo())}";

    private static string Email(string mail) => InboundHook.Part("envelope", Hook) + InboundHook.Part("email", mail);

    private static string Signed(AsymmetricKeyParameter key, DkimSignatureAlgorithm algorithm) =>
        SignedMail.By(new DkimSigner(key, "sender.example", "s1", algorithm));

    private async Task<string?> KeyOfAsync(string mail) => (await PostAsync(Email(mail), Record)).Key;

    private async Task<(InboundAnswer Answer, string? Key)> PostAsync(string parts, string? record)
    {
        var body = Encoding.Latin1.GetBytes($"{parts}--b--\r\n");
        var stamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = provider.SignData(
            [.. Encoding.UTF8.GetBytes(stamp), .. body],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        string? key = null;
        var answer = await InboundRooms
            .New(new MemoryTables(), new MemoryBlobs(), clock, provider, maxBytes: 1_000_000, record)
            .TakeAsync(
                new InboundRequest(
                    new MemoryStream(body),
                    "multipart/form-data; boundary=b",
                    null,
                    stamp,
                    Convert.ToBase64String(signature),
                    FormParts.ReadAsync
                ),
                letter =>
                {
                    key = letter.Key;
                    return Task.FromResult(new InboundAnswer(InboundResult.Accepted, "new"));
                },
                default
            );
        return (answer, key);
    }
}
