using System.Diagnostics;
using System.Text;
using MimeKit;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Mx;
using TlsOrLink.Sending;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>What a sender is told of recipients who were not reached, read back by MimeKit and by Python's email package.</summary>
public sealed class BounceTests
{
    private const string Python = """
        import email, email.policy, sys
        m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
        def walk(p):
            assert not p.defects, (p.get_content_type(), p.defects)
            if p.is_multipart():
                for q in p.get_payload(): walk(q)
        walk(m)
        text, status, header = m.get_payload()
        assert m.get_content_type() == "multipart/report" and m.get_param("report-type") == "delivery-status"
        assert status.get_content_type() == "message/delivery-status"
        for group in status.get_payload()[1:]:
            print(group["Final-Recipient"], group["Action"], group["Status"], group["Diagnostic-Code"], sep="|")
        print(header.get_content_type(), m["Auto-Submitted"])
        """;

    private static readonly DateTimeOffset At = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Names_every_failed_recipient_for_people_and_for_machines()
    {
        var bytes = await BytesAsync(
            MailLanguage.Ja,
            Row(0, "no@a.example", RecipientState.Bounced, SendingReasons.Refused, 550, "5.1.1 no such user"),
            Row(1, "x@null.example", RecipientState.Undeliverable, MxReasons.NullMx),
            Row(2, "y@b.example", RecipientState.Unconfirmed, SendingReasons.Unconfirmed)
        );

        using var mail = await MimeMessage.LoadAsync(new MemoryStream(bytes));
        var report = mail.Body.ShouldBeOfType<MultipartReport>();
        var text = ((TextPart)report[0]).Text;
        text.ShouldContain("配信できませんでした");
        text.ShouldContain("届いたかどうかを確認できませんでした");
        text.ShouldContain("no@a.example");
        var status = report[1].ShouldBeOfType<MessageDeliveryStatus>().StatusGroups;
        status.Count.ShouldBe(4);
        status[0]["Reporting-MTA"].ShouldBe("dns; out.example");
        (await PythonAsync(bytes)).ShouldBe(
            """
            rfc822; no@a.example|failed|5.1.1|smtp; 550 5.1.1 no such user
            rfc822; x@null.example|failed|5.1.10|None
            rfc822; y@b.example|failed|4.4.2|None
            text/rfc822-headers auto-replied

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task Carries_the_header_of_the_message_and_nothing_of_its_content()
    {
        var text = Encoding.UTF8.GetString(
            await BytesAsync(MailLanguage.En, Row(0, "no@a.example", RecipientState.Bounced, "timeout"))
        );

        text.ShouldContain("Subject: The secret plan");
        text.ShouldContain("In-Reply-To: <1@sender.example>");
        text.ShouldNotContain("boss@sender.example", customMessage: "Bcc is not shown to anybody");
        text.ShouldNotContain("the body");
    }

    [Fact]
    public async Task The_subject_is_left_out_where_the_body_is_protected()
    {
        var header = await HeaderAsync(withoutSubject: true);

        header.Subject.ShouldBeEmpty();
        Encoding.UTF8.GetString(header.Bytes.Span).ShouldNotContain("secret plan");
    }

    [Fact]
    public async Task An_address_beyond_ASCII_and_a_hostile_reply_stay_in_their_lines()
    {
        var bytes = await BytesAsync(
            MailLanguage.En,
            Row(0, "太郎@a.example", RecipientState.Bounced, SendingReasons.Refused, 550, "no\r\nAction: delivered é")
        );

        (await PythonAsync(bytes)).ShouldStartWith(
            @"utf-8; \x{592A}\x{90CE}@a.example|failed|5.0.0|smtp; 550 no??Action: delivered ?"
        );
    }

    private static RecipientRow Row(
        int n,
        string address,
        RecipientState state,
        string reason,
        int? code = null,
        string? reply = null
    ) =>
        new("id", "0123abcd", n)
        {
            Address = address,
            State = state,
            Reason = reason,
            LastReplyCode = code,
            LastReply = reply,
            UpdatedAt = At,
        };

    private static async Task<byte[]> BytesAsync(MailLanguage language, params RecipientRow[] failed)
    {
        var message = new MessageRow("0123456789abcdef") { CreatedAt = At, Language = language };
        var header = await HeaderAsync(withoutSubject: false);
        var bounce = Bounce.Write(
            new BounceFacts(message, MailAddress.Parse("hanako@sender.example"), failed, "out.example", header)
        );
        await using var mail = await OwnMailMime.ToMailAsync(
            bounce,
            new OwnMailHeader("TlsOrLink", "mailer-daemon@out.example", "k@out.example", At),
            CancellationToken.None
        );
        using var bytes = new MemoryStream();
        await mail.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<OriginalHeader> HeaderAsync(bool withoutSubject)
    {
        var original =
            "From: hanako@sender.example\nBcc: boss@sender.example,\n x@y.example\nSubject: The secret plan\nMessage-ID: <1@sender.example>\n\nthe body\n";
        return await OriginalHeader.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(original)),
            withoutSubject,
            CancellationToken.None
        );
    }

    private static async Task<string> PythonAsync(byte[] mail)
    {
        using var python = Process.Start(
            new ProcessStartInfo("python3", ["-c", Python])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await python.StandardInput.BaseStream.WriteAsync(mail);
        python.StandardInput.Close();
        var (output, errors) = (
            await python.StandardOutput.ReadToEndAsync(),
            await python.StandardError.ReadToEndAsync()
        );
        await python.WaitForExitAsync();
        errors.ShouldBeEmpty();
        return output;
    }
}
