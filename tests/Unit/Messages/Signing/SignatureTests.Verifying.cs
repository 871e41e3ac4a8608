using System.Diagnostics;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace TlsOrLink.Tests.Unit.Messages.Signing;

/// <content>The verifier, and a message without end.</content>
public sealed partial class SignatureTests
{
    private async Task<string> SignAsync(string message) =>
        await signatures.OfAsync(new MemoryStream(Encoding.UTF8.GetBytes(message)), CancellationToken.None);

    private async Task<bool[]> VerifyAsync(string message)
    {
        var field = await SignAsync(message);
        return await VerifyAsync(field + message, field);
    }

    private async Task<bool[]> VerifyAsync(string signed, string field)
    {
        field.Split("\r\n").ShouldAllBe(line => line.Length < 998 && !line.EndsWith(' '));
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(signed)));
        var verifier = new DkimVerifier(new Keys(this));
        verifier.Enable(DkimSignatureAlgorithm.Ed25519Sha256);
        List<bool> good = [];
        foreach (var signature in mail.Headers.Where(header => header.Id == HeaderId.DkimSignature))
        {
            good.Add(await verifier.VerifyAsync(mail, signature));
        }

        return [.. good];
    }

    private static Ed25519PrivateKeyParameters NewEd25519()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return (Ed25519PrivateKeyParameters)generator.GenerateKeyPair().Private;
    }

    private sealed class Keys(SignatureTests test) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) =>
            (domain, selector) switch
            {
                ("sender.example", "rsa") => PublicKeyFactory.CreateKey(test.rsa.ExportSubjectPublicKeyInfo()),
                ("sender.example", "ed") => test.ed25519.GeneratePublicKey(),
                _ => throw new UnreachableException(),
            };

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }

    /// <summary>A header and zeros without end of line.</summary>
    private sealed class Endless(long length) : MemoryStream("From: a@sender.example\r\n\r\n"u8.ToArray())
    {
        private long left = length;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0 || left <= 0)
            {
                return read;
            }

            buffer.Span.Fill((byte)'x');
            left -= buffer.Length;
            return buffer.Length;
        }
    }
}
