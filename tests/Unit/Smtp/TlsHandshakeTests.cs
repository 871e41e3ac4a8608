using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class TlsHandshakeTests
{
    [Theory]
    [InlineData("mx.evil.example")]
    [InlineData("_mx.evil.example")]
    public async Task Finds_that_a_certificate_is_for_another_host_whatever_the_host_is_called(string host)
    {
        using var handshake = NewHandshake(host);

        await ShakeAsync(handshake);

        handshake.Facts!.Certificate.Errors.ShouldContain(CertificateErrors.NameMismatch);
    }

    [Theory]
    [InlineData("-mx.evil.example")]
    [InlineData("mx-.evil.example")]
    public async Task Fails_as_any_handshake_does_where_a_name_cannot_be_asked_for(string host)
    {
        using var handshake = NewHandshake(host);

        await Should.ThrowAsync<AuthenticationException>(() => ShakeAsync(handshake));

        handshake.Facts.ShouldBeNull();
    }

    private static TlsHandshake NewHandshake(string host) =>
        new(
            new SmtpTarget(host, [IPAddress.Loopback]),
            new TrustAnchors(Options.Create(new SmtpOptions())),
            TimeProvider.System
        );

    private static async Task ShakeAsync(TlsHandshake handshake)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync((IPEndPoint)listener.LocalEndpoint);
        await using var peer = new PeerStream(await listener.AcceptSocketAsync(cancellation), 100_000);
        await handshake.ShakeAsync(peer, cancellation);
        await serving;
    }

    private static async Task ServeAsync(IPEndPoint client)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(client);
        using var certificate = SelfSigned();
        await using var server = new SslStream(connection.GetStream());
        await server.AuthenticateAsServerAsync(certificate);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mx", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
