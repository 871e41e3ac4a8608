using System.Security.Cryptography;
using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using TlsOrLink.Messages.Signing;

namespace TlsOrLink.Tests.Unit.Messages.Signing;

/// <summary>Our signatures, checked by MimeKit's verifier, which shares no code with the signer.</summary>
[Collection(nameof(IntakeMemoryTests))]
public sealed partial class SignatureTests : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly Ed25519PrivateKeyParameters ed25519 = NewEd25519();
    private readonly Signatures signatures;

    public SignatureTests() =>
        signatures = new Signatures(
            Options.Create(
                new DkimOptions
                {
                    Keys =
                    [
                        new DkimKeySetting
                        {
                            Domain = "sender.example",
                            Selector = "rsa",
                            Key = rsa.ExportPkcs8PrivateKeyPem(),
                        },
                        new DkimKeySetting
                        {
                            Domain = "sender.example",
                            Selector = "ed",
                            Key = PemEncoding.WriteString(
                                "PRIVATE KEY",
                                PrivateKeyInfoFactory.CreatePrivateKeyInfo(ed25519).GetDerEncoded()
                            ),
                        },
                    ],
                }
            ),
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero))
        );

    [Theory]
    [InlineData("From: a@sender.example\r\nSubject: x\r\n\r\nbody\r\n")]
    [InlineData("From: a@sender.example\r\n\r\n")]
    [InlineData("From: a@sub.sender.example\r\n\r\nno end of line")]
    [InlineData("From: a@sender.example\r\n\r\n\r\n\r\n  a \t b  \r\n\r\nc\t\r\n\r\n\r\n")]
    [InlineData(
        "FROM:  =?utf-8?B?6Iqx5a2Q?=\r\n <a@sender.example>\r\nTo: b@x.example,\r\n\tc@x.example\r\nTo: d@x.example\r\nSubject: \r\n\r\nx\r\n"
    )]
    [InlineData("From: 花子 <a@sender.example>\r\nSubject: 見積\r\n\r\n本文\r\n")]
    public async Task Both_signatures_of_a_message_verify(string message)
    {
        (await VerifyAsync(message)).ShouldBe([true, true]);
    }

    [Fact]
    public void Any_body_verifies()
    {
        Gen.String[Gen.Char["ab \t\n."], 0, 60]
            .Sample(
                text =>
                    VerifyAsync($"From: a@sender.example\r\n\r\n{text.Replace("\n", "\r\n", StringComparison.Ordinal)}")
                        .GetAwaiter()
                        .GetResult()
                        .All(good => good),
                iter: 300
            );
    }

    [Theory]
    [InlineData("Subject: x", "Subject: y")]
    [InlineData("body", "bodies")]
    [InlineData("From: a@", "From: b@")]
    [InlineData("Subject: x", "Subject: x\r\nReply-To: thief@x.example")]
    public async Task A_change_on_the_way_shows(string before, string after)
    {
        const string message = "From: a@sender.example\r\nSubject: x\r\n\r\nbody\r\n";
        var field = await SignAsync(message);

        (await VerifyAsync(field + message.Replace(before, after, StringComparison.Ordinal), field)).ShouldBe([
            false,
            false,
        ]);
    }

    [Theory]
    [InlineData("From: a@other.example\r\n\r\nx")]
    [InlineData("From: a@notsender.example\r\n\r\nx")]
    [InlineData("Subject: no author\r\n\r\nx")]
    public async Task Nobody_is_signed_for_without_a_key(string message) => (await SignAsync(message)).ShouldBeEmpty();

    [Fact]
    public async Task A_large_message_is_not_held()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await signatures.OfAsync(new Endless(64 << 20), CancellationToken.None);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(4 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no pem")]
    public void A_key_that_is_none_stops_the_start(string key) =>
        new DkimOptions
        {
            Keys =
            [
                new DkimKeySetting
                {
                    Domain = "a.example",
                    Selector = "s",
                    Key = key,
                },
            ],
        }
            .Validate(new System.ComponentModel.DataAnnotations.ValidationContext(this))
            .ShouldHaveSingleItem()
            .ErrorMessage!.ShouldContain("Dkim:0");

    [Fact]
    public void A_short_key_stops_the_start()
    {
        using var small = RSA.Create(1024);

        new DkimOptions
        {
            Keys =
            [
                new DkimKeySetting
                {
                    Domain = "a.example",
                    Selector = "s",
                    Key = small.ExportPkcs8PrivateKeyPem(),
                },
            ],
        }
            .Validate(new System.ComponentModel.DataAnnotations.ValidationContext(this))
            .ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Hanako <a@sender.example>", "\"Hanako\" <a@sender.example>", null)]
    [InlineData("Taro <t@other.example>", "\"Taro\" <mail@sender.example>", "t@other.example")]
    [InlineData("t@other.example", "\"t@other.example\" <mail@sender.example>", "t@other.example")]
    public void Where_no_key_signs_for_the_sender_ours_is_the_author_and_answers_go_to_the_sender(
        string from,
        string author,
        string? replyTo
    )
    {
        using var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(from));

        new Author(signatures, Options.Create(new IdentityOptions { UnalignedFrom = "mail@sender.example" })).Align(
            mail
        );

        mail.From.ToString().ShouldBe(author);
        mail.ReplyTo.Mailboxes.FirstOrDefault()?.Address.ShouldBe(replyTo);
    }

    public void Dispose()
    {
        signatures.Dispose();
        rsa.Dispose();
    }
}
