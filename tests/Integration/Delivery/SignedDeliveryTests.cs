using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>What is signed, rewritten and asked for on the wire, through the real app.</summary>
public sealed class SignedDeliveryTests(SignedDeliveryTests.Signing world) : IClassFixture<SignedDeliveryTests.Signing>
{
    /// <summary>A world whose app has a key for the senders' domain and reverse-paths of its own.</summary>
    public sealed class Signing : DeliveryWorld
    {
        public RSA Key { get; } = RSA.Create(2048);

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Dkim__0__Domain", "sender.example"),
                ("Dkim__0__Selector", "s1"),
                ("Dkim__0__Key", Key.ExportPkcs8PrivateKeyPem()),
                ("Identity__BounceDomain", "bounces.sender.example"),
            ];
    }

    [Fact]
    public async Task Mail_over_TLS_is_the_message_byte_for_byte_with_two_fields_before_it()
    {
        var server = await world.AddScriptedAsync(
            "signed.test",
            _ => new SmtpScript { ExtensionsUnderTls = ["SIZE 209715200", "8BITMIME", "DSN"] }
        );
        var letter = new Letter("a@signed.test", "b@signed.test") { File = new byte[3 << 20] };

        await world.Api.DeliverAsync(letter);

        server.Messages.Count.ShouldBe(2, "each has a reverse-path of its own");
        server.Messages.Select(mail => mail.Sender).Distinct().Count().ShouldBe(2);
        server.Messages.ShouldAllBe(mail => mail.Sender.EndsWith("@bounces.sender.example", StringComparison.Ordinal));
        server.Connections.ShouldContain(c => c.UnderTls.Contains("NOTIFY=FAILURE", StringComparison.Ordinal));
        foreach (var message in server.Messages)
        {
            letter.IsWhatArrived(message.Content).ShouldBeTrue();
            var text = Encoding.Latin1.GetString(message.Content);
            text[..text.IndexOf("\r\nDate:", StringComparison.Ordinal)].ShouldContain("\r\nDKIM-Signature:");
            (await VerifyAsync(message.Content)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Link_mail_is_signed_anew()
    {
        var server = await world.AddScriptedAsync("plain.test", _ => new SmtpScript { OffersStartTls = false });

        await world.Api.DeliverAsync(new Letter("a@plain.test"));

        (await VerifyAsync(server.Messages.Single().Content)).ShouldBeTrue();
    }

    private async Task<bool> VerifyAsync(byte[] content)
    {
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(content));
        var signature = mail.Headers.Single(field => field.Id == HeaderId.DkimSignature);
        return await new DkimVerifier(new Locator(world.Key)).VerifyAsync(mail, signature);
    }

    private sealed class Locator(RSA key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => PublicKeyFactory.CreateKey(key.ExportSubjectPublicKeyInfo());

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
