using System.Text;
using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Signed and encrypted, by S/MIME and PGP. The seals are no true ones: nobody on the way may look into them.</summary>
internal static class SealedSamples
{
    private static readonly SampleFile Pdf = File("signed.pdf", "sealed");

    public static IEnumerable<MimeSample> All() => [.. Smime(), .. Pgp()];

    private static IEnumerable<MimeSample> Smime()
    {
        var body = Mixed(Encoded("utf-8", "base64", "署名付きの本文です。"), Attached(Pdf));
        var signature = Base64Part(
            Data("p7s", 400),
            "application/pkcs7-signature; name=smime.p7s",
            "Content-Disposition: attachment; filename=smime.p7s\n"
        );
        var signed = Multi(
            "signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
            "=_sig",
            body,
            signature
        );
        yield return Sample("smime-signed", Whole, signed) with
        {
            Files = [Pdf],
            IsJapanese = true,
        };
        yield return Sample(
            "smime-signed-without-files",
            Whole,
            Multi("signed; protocol=\"application/pkcs7-signature\"", "=_sig", Text("Signed."), signature)
        );
        yield return Sample(
            "smime-signed-in-a-list-mail",
            Whole,
            Multi("mixed", "=_list", signed, Text("-- footer"))
        ) with
        {
            Files = [Pdf],
            IsJapanese = true,
        };
        yield return Opaque("smime-opaque", "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m");
        yield return Opaque("smime-encrypted", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m");
        yield return Opaque("smime-old-type", "application/x-pkcs7-mime; name=smime.p7m");
        yield return Opaque("smime-relabelled", "application/octet-stream; name=smime.p7m");
        var inner = $"From: a@b.example\nTo: c@d.example\nSubject: signed\n{signed}".TrimEnd('\n');
        var eml = new SampleFile(
            "fwd.eml",
            Encoding.Latin1.GetBytes(inner.Replace("\n", "\r\n", StringComparison.Ordinal))
        );
        yield return Sample(
            "signed-mail-attached",
            Apart,
            Mixed(Text("See the signed mail."), $"Content-Type: message/rfc822; name=fwd.eml\n\n{inner}")
        ) with
        {
            Files = [eml],
            Says = ["See the signed mail."],
        };
    }

    private static IEnumerable<MimeSample> Pgp()
    {
        var signature =
            "Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\nabcd\n-----END PGP SIGNATURE-----\n";
        yield return Sample(
            "pgp-signed",
            Whole,
            Multi(
                "signed; protocol=\"application/pgp-signature\"",
                "=_pgp",
                Mixed(Text("Signed."), Attached(Pdf)),
                signature
            )
        ) with
        {
            Files = [Pdf],
        };
        var cipher = Data("pgp", 900);
        yield return Sample(
            "pgp-encrypted",
            Whole,
            Multi(
                "encrypted; protocol=\"application/pgp-encrypted\"",
                "=_pgp",
                "Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
                Base64Part(cipher, "application/octet-stream; name=encrypted.asc")
            )
        ) with
        {
            Files = [new SampleFile("", cipher)],
        };
        var inline =
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nSigned inline.\n- -- \n-----BEGIN PGP SIGNATURE-----\nabcd=\n-----END PGP SIGNATURE-----";
        yield return Sample("pgp-inline-signed", Apart, Mixed(Text(inline), Attached(Pdf))) with
        {
            Files = [Pdf],
            Says = [inline],
        };
        yield return Sample(
            "pgp-inline-encrypted",
            NoFiles,
            Text("-----BEGIN PGP MESSAGE-----\n\nhQEMA3=\n-----END PGP MESSAGE-----")
        ) with
        {
            Says = ["-----BEGIN PGP MESSAGE-----\n\nhQEMA3=\n-----END PGP MESSAGE-----"],
        };
    }

    private static MimeSample Opaque(string name, string type)
    {
        var content = Data(name, 1500);
        return Sample(
            name,
            Whole,
            Base64Part(content, type, "Content-Disposition: attachment; filename=smime.p7m\n")
        ) with
        {
            Files = [new SampleFile("", content)],
        };
    }
}
