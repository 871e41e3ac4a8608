using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Security;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Dns;

namespace TlsOrLink.Tests.Integration.Inbound;

/// <summary>A world whose app takes mail from SendGrid Inbound Parse, and reverse-paths of its own.</summary>
public sealed class InboundWorld : DeliveryWorld
{
    public const string Hook = "send@out.sender.example";
    private const string Path = "/api/hooks/inbound";
    private readonly ECDsa provider = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA author = RSA.Create(2048);

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            ("Inbound__Key", Convert.ToBase64String(provider.ExportSubjectPublicKeyInfo())),
            ("Inbound__Caller", "kit"),
            ("Inbound__MaxBytes", "6000000"),
            ("Inbound__Domain", "out.sender.example"),
            ("Identity__BounceDomain", "bounces.sender.example"),
        ];

    public override async ValueTask InitializeAsync()
    {
        var key = Convert.ToBase64String(author.ExportSubjectPublicKeyInfo());
        await (await World.Dns).SetAsync([
            new Zone("sender.example", $"s1._domainkey TXT \"v=DKIM1; k=rsa; p={key[..200]}\" \"{key[200..]}\""),
        ]);
        await base.InitializeAsync();
    }

    /// <summary>A mail of our own people.</summary>
    public static MimeMessage Mail(string to, string subject = "Quotation", string from = "hanako@sender.example")
    {
        var builder = new BodyBuilder { TextBody = "Please find it attached." };
        builder.Attachments.Add(
            "見積書.bin",
            RandomNumberGenerator.GetBytes(4000),
            new ContentType("application", "pdf")
        );
        return new MimeMessage(
            [InternetAddress.Parse(from)],
            InternetAddressList.Parse(to),
            subject,
            builder.ToMessageBody()
        );
    }

    /// <summary>The mail with its author's signature, as it goes over the wire.</summary>
    public byte[] Signed(MimeMessage mail)
    {
        var signer = new DkimSigner(
            PrivateKeyFactory.CreateKey(author.ExportPkcs8PrivateKey()),
            "sender.example",
            "s1",
            DkimSignatureAlgorithm.RsaSha256
        )
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        mail.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(mail, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date]);
        return Bytes(mail);
    }

    public static byte[] Bytes(MimeMessage mail)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        mail.WriteTo(format, stream);
        return stream.ToArray();
    }

    /// <summary>The fields of the raw shape.</summary>
    public static MultipartFormDataContent Raw(byte[] mail, string to = Hook, string from = "hanako@sender.example")
    {
        var form = Envelope(to, from);
        form.Add(new ByteArrayContent(mail), "email");
        return form;
    }

    /// <summary>The fields that both shapes have.</summary>
    public static MultipartFormDataContent Envelope(string to, string from) =>
        new()
        {
            { new StringContent("none"), "dkim" },
            { new StringContent(JsonSerializer.Serialize(new { to = new[] { to }, from })), "envelope" },
            { new StringContent("""{"to":"UTF-8","subject":"UTF-8","from":"UTF-8"}"""), "charsets" },
            { new StringContent("pass"), "SPF" },
        };

    /// <summary>Posts as SendGrid does.</summary>
    /// <param name="form">The fields.</param>
    /// <param name="age">How old the timestamp is.</param>
    /// <param name="spoil">Changes the body after it was signed.</param>
    public async Task<InboundSeen> PostAsync(
        HttpContent form,
        TimeSpan age = default,
        Func<byte[], byte[]>? spoil = null
    )
    {
        var body = await form.ReadAsByteArrayAsync();
        var stamp = (DateTimeOffset.UtcNow - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = provider.SignData(
            [.. Encoding.UTF8.GetBytes(stamp), .. body],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return await SendAsync(form, spoil?.Invoke(body) ?? body, stamp, Convert.ToBase64String(signature));
    }

    /// <summary>Posts with headers as given; null leaves one out.</summary>
    public async Task<InboundSeen> SendAsync(HttpContent form, byte[] body, string? stamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        // A body that is refused unread is not sent.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        request.Content.Headers.ContentType = form.Headers.ContentType;
        foreach (var (name, value) in new[] { ("Signature", signature), ("Timestamp", stamp) })
        {
            if (value is not null)
            {
                request.Headers.Add($"X-Twilio-Email-Event-Webhook-{name}", value);
            }
        }

        using var answer = await App.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonSerializer.Deserialize<InboundSeen>(text, JsonSerializerOptions.Web)! with
            {
                Status = answer.StatusCode,
            }
            : new InboundSeen("", text, null)
            {
                Status = answer.StatusCode,
                Body = body,
                Stamp = stamp,
                Signature = signature,
            };
    }

    /// <summary>Ids of all messages.</summary>
    public async Task<int> MessagesAsync() =>
        await (await World.Azurite)
            .NewTableClient()
            .GetTableClient("Messages")
            .QueryAsync<Azure.Data.Tables.TableEntity>("RowKey eq 'm'")
            .CountAsync();
}

/// <summary>What the hook answers.</summary>
public sealed record InboundSeen(string Result, string Reason, string? MessageId)
{
    public HttpStatusCode Status { get; init; }

    public byte[] Body { get; init; } = [];

    public string? Stamp { get; init; }

    public string? Signature { get; init; }
}
