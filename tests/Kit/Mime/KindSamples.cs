using System.Text;
using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Kinds of parts that are neither plain text nor a plain file.</summary>
internal static class KindSamples
{
    private const string Event =
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@sender.example\nDTSTART:20260109T010000Z\nSUMMARY:Kick-off\nEND:VEVENT\nEND:VCALENDAR";

    private static readonly SampleFile Pdf = File("kind.pdf", "kinds");

    public static IEnumerable<MimeSample> All() => [.. Calendars(), .. Messages(), .. Reports(), .. Others()];

    private static IEnumerable<MimeSample> Calendars()
    {
        var request = Text(Event, "; charset=utf-8; method=REQUEST")
            .Replace("text/plain", "text/calendar", StringComparison.Ordinal);
        var alternative = Multi("alternative", "=_alt", Text("Invitation."), Html("Invitation."), request);
        yield return Sample("invitation", NoFiles, alternative) with
        {
            Says = ["Invitation."],
            HasHtml = true,
        };
        yield return Sample("invitation-with-file", Apart, Mixed(alternative, Attached(Pdf))) with
        {
            Files = [Pdf],
            Says = ["Invitation.", Event],
            HasHtml = true,
        };
        yield return Sample("invitation-alone", NoFiles, request) with
        {
            Says = [Event],
            HasText = false,
        };
        var ics = new SampleFile("invite.ics", Encoding.ASCII.GetBytes(Event.ReplaceLineEndings("\r\n")));
        yield return Of(
            "calendar-attached",
            $"Content-Type: text/calendar; name=invite.ics\nContent-Disposition: attachment\n\n{Event}",
            ics
        );
    }

    private static IEnumerable<MimeSample> Messages()
    {
        var inner =
            $"From: a@b.example\nSubject: {Word("utf-8", 'B', "議事録")}\n{Mixed(Text("Inner."), Attached(Pdf))}".TrimEnd(
                '\n'
            );
        var eml = new SampleFile("議事録.eml", Bytes(inner));
        yield return Of("message-attached", $"Content-Type: message/rfc822\n\n{inner}", eml);
        yield return Of(
            "message-attached-with-name",
            $"Content-Type: message/rfc822; name=minutes.eml\nContent-Disposition: attachment\n\n{inner}",
            eml with
            {
                Name = "minutes.eml",
            }
        );
        var twice =
            $"From: c@d.example\nSubject: outer\n{Multi("mixed", "=_2", Text("Outer."), $"Content-Type: message/rfc822\n\n{inner}")}".TrimEnd(
                '\n'
            );
        yield return Of(
            "message-in-a-message",
            $"Content-Type: message/rfc822\n\n{twice}",
            new SampleFile("outer.eml", Bytes(twice))
        );
        const string bare = "From: a@b.example\n\nA message of no name and no subject, longer than sixty bytes by far.";
        yield return Of(
            "message-without-subject",
            $"Content-Type: message/rfc822\n\n{bare}",
            new SampleFile("attachment-1.eml", Bytes(bare))
        );
        yield return Of(
            "message-in-base64",
            Base64Part(Bytes(inner), "message/rfc822; name=b.eml"),
            eml with
            {
                Name = "b.eml",
            }
        );
        var digest = Multi("digest", "=_dig", $"\n{bare}", $"\n{bare}");
        yield return Of("digest", digest, new SampleFile("attachment-1.eml", Bytes(bare))) with
        {
            Files = [new SampleFile("attachment-1.eml", Bytes(bare)), new SampleFile("attachment-2.eml", Bytes(bare))],
        };
        var partial = "From: a@b.example\nSubject: part one of a large mail, which comes in two parts\n\nFirst half.";
        yield return Of(
            "message-partial",
            $"Content-Type: message/partial; id=\"1@b\"; number=1; total=2\n\n{partial}",
            new SampleFile("attachment-1.bin", Bytes(partial))
        );
        const string external =
            "Content-Type: application/pdf\nContent-ID: <x@b>\n\nphantom body of an external part, long enough to be seen";
        yield return Of(
            "message-external-body",
            $"Content-Type: message/external-body; access-type=URL; URL=\"https://x.example/a.pdf\"\n\n{external}",
            new SampleFile("attachment-1.bin", Bytes(external))
        );
    }

    private static IEnumerable<MimeSample> Reports()
    {
        const string status =
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.b.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n";
        const string original =
            "From: hanako@sender.example\nSubject: the original, with a secret in it of more than sixty bytes\n\nOriginal.";
        yield return Sample(
            "delivery-report",
            Apart,
            Multi(
                "report; report-type=delivery-status",
                "=_rep",
                Text("It failed."),
                status,
                $"Content-Type: message/rfc822\n\n{original}"
            )
        ) with
        {
            Files = [new SampleFile("the original, with a secret in it of more than sixty bytes.eml", Bytes(original))],
            Says = ["It failed."],
        };
        yield return Sample(
            "read-report",
            NoFiles,
            Multi(
                "report; report-type=disposition-notification",
                "=_rep",
                Text("It was shown."),
                "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;a@b.example\nDisposition: manual-action/MDN-sent-manually; displayed\n"
            )
        ) with
        {
            Says = ["It was shown."],
        };
    }

    private static IEnumerable<MimeSample> Others()
    {
        var tnef = File("winmail.dat", "tnef");
        yield return Of("tnef", Base64Part(tnef.Content, "application/ms-tnef; name=winmail.dat"), tnef);
        var (fork, data) = (File("%report.pdf", "fork", 300), File("report.pdf", "data"));
        yield return Of(
            "appledouble",
            Multi(
                "appledouble",
                "=_app",
                Base64Part(fork.Content, "application/applefile; name=\"%report.pdf\""),
                Base64Part(data.Content, "application/pdf; name=report.pdf")
            ),
            fork
        ) with
        {
            Files = [fork, data],
        };
        var zip = File("a.zip", "zip");
        yield return Of("zip-as-octets", Base64Part(zip.Content, "application/octet-stream; name=a.zip"), zip);
        yield return Sample(
            "uuencoded-in-the-text",
            Whole,
            Text($"Here it is:\n\n{Uu.Encode(Pdf.Content, "kind.pdf")}")
        ) with
        {
            Files = [Pdf],
        };
    }

    private static byte[] Bytes(string entity) => Encoding.Latin1.GetBytes(entity.ReplaceLineEndings("\r\n"));

    private static MimeSample Of(string name, string part, SampleFile file) =>
        Sample(name, Apart, Mixed(Text("Please see."), part)) with
        {
            Files = [file],
            Says = ["Please see."],
        };
}
