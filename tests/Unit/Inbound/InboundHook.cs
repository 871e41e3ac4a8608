using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Functions.Http;
using TlsOrLink.Inbound;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>The hook over storage in memory, and the provider that posts to it.</summary>
internal sealed class InboundHook : IDisposable
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture
    );

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly ECDsa provider = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly InboundDesk desk;

    public InboundHook(string? record = null) =>
        desk = InboundRooms.New(Tables, Blobs, clock, provider, maxBytes: 8_000_000, record, Spools);

    public MemoryTables Tables { get; } = new();

    public MemoryBlobs Blobs { get; } = new();

    public Spools Spools { get; } = new();

    /// <summary>Mails that were let through, as they would be sent.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>A field of the form.</summary>
    public static string Part(string name, string value, string more = "") =>
        $"--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n";

    /// <summary>A request, signed.</summary>
    public (byte[] Body, byte[] Signature) Request(string parts)
    {
        var body = Encoding.Latin1.GetBytes($"{parts}--b--\r\n");
        var signature = provider.SignData(
            [.. Encoding.UTF8.GetBytes(Stamp), .. body],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return (body, signature);
    }

    /// <summary>The other signature over the same: (r, n - s).</summary>
    public static byte[] Respelt(byte[] signature)
    {
        var reader = new System.Formats.Asn1.AsnReader(
            signature,
            System.Formats.Asn1.AsnEncodingRules.DER
        ).ReadSequence();
        var (r, s) = (reader.ReadInteger(), reader.ReadInteger());
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(Order - s);
        }

        return writer.Encode();
    }

    public Task<InboundAnswer> PostAsync(string parts)
    {
        var (body, signature) = Request(parts);
        return PostAsync(new MemoryStream(body), signature);
    }

    public Task<InboundAnswer> PostAsync(Stream body, byte[] signature) =>
        desk.TakeAsync(
            new InboundRequest(
                body,
                "multipart/form-data; boundary=b",
                null,
                Stamp,
                Convert.ToBase64String(signature),
                FormParts.ReadAsync
            ),
            async letter =>
            {
                using var reader = new StreamReader(letter.Content, Encoding.Latin1, leaveOpen: true);
                Sent.Add(await reader.ReadToEndAsync());
                return new InboundAnswer(InboundResult.Accepted, "new");
            },
            default
        );

    public void Dispose() => provider.Dispose();

    private string Stamp => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
