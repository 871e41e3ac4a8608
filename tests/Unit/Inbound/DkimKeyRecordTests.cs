using System.Security.Cryptography;
using MimeKit.Cryptography;
using Org.BouncyCastle.Security;
using static TlsOrLink.Tests.Unit.Inbound.InboundHook;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>What the record of a key says of its use (RFC 6376 section 3.6.1), by mails that are signed with that very key.</summary>
public sealed class DkimKeyRecordTests : IDisposable
{
    private const string Envelope = """{"to":["send@out.sender.example"],"from":"a@sender.example"}""";
    private readonly RSA author = RSA.Create(2048);

    public static TheoryData<string, string?, bool> Records =>
        new()
        {
            { "", null, true },
            { "t=; ", null, true },
            { "t=y; ", null, false },
            { "t=Y; ", null, false },
            { "t=s:y; ", null, false },
            { "t= s : y ; ", null, false },
            { "t=x; ", null, true },
            { "t=s; ", null, true },
            { "t=s; ", "@sender.example", true },
            { "t=s; ", "a@sender.example", true },
            { "t=s; ", "@tokyo.sender.example", false },
            { "t=s; ", "a@tokyo.sender.example", false },
            { "", "a@tokyo.sender.example", true },
            { "s=email; ", null, true },
            { "s=*; ", null, true },
            { "s=other:email; ", null, true },
            { "s=other; ", null, false },
            { "h=sha1:sha256; ", null, true },
            { "h=sha1; ", null, false },
            { "t=y; t=; ", null, false },
        };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_key_makes_a_raw_mail_its_authors_where_its_record_lets_it(
        string tags,
        string? identity,
        bool counts
    )
    {
        using var hook = new InboundHook(Record(tags));

        var answer = await hook.PostAsync(Part("envelope", Envelope) + Part("email", Signed(identity)));

        answer.Reason.ShouldBe(counts ? "new" : "dkim-not-aligned");
        hook.Sent.Count.ShouldBe(counts ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task The_same_counts_for_a_parsed_mail_whatever_the_provider_says_of_it(
        string tags,
        string? identity,
        bool counts
    )
    {
        using var hook = new InboundHook(Record(tags));
        var mail = Signed(identity).Replace("\r\n", "\n", StringComparison.Ordinal);
        var headers = mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)] + "\n";

        var answer = await hook.PostAsync(
            Part("envelope", Envelope)
                + Part("dkim", "{@sender.example : pass}")
                + Part("headers", headers)
                + Part("text", "It is attached.")
        );

        answer.Reason.ShouldBe(counts ? "new" : "dkim-not-aligned");
    }

    [Fact]
    public async Task An_identity_outside_of_the_signing_domain_is_nobodys()
    {
        using var hook = new InboundHook(Record(""));

        var answer = await hook.PostAsync(Part("envelope", Envelope) + Part("email", Signed("a@evilsender.example")));

        answer.Reason.ShouldBe("dkim-not-aligned");
    }

    public void Dispose() => author.Dispose();

    private string Record(string tags) =>
        $"v=DKIM1; k=rsa; {tags}p={Convert.ToBase64String(author.ExportSubjectPublicKeyInfo())}";

    private string Signed(string? identity) =>
        SignedMail.By(
            new DkimSigner(
                PrivateKeyFactory.CreateKey(author.ExportPkcs8PrivateKey()),
                "sender.example",
                "s1",
                DkimSignatureAlgorithm.RsaSha256
            )
            {
                AgentOrUserIdentifier = identity,
            }
        );
}
