using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Reporting;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Reporting;

public sealed class DeliveryReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly OriginalHeader Header = new(default, "Quotation", "<1@sender.example>");

    [Fact]
    public void Says_who_got_what_how_and_when()
    {
        var mail = Write(MailLanguage.En);

        mail.Subject.ShouldBe("Delivery report: Quotation");
        mail.About.ShouldBe("<1@sender.example>");
        mail.Text.ShouldStartWith("2 of 3 recipients were reached.\r\n");
        mail.Text.ShouldContain(
            "taro@tls.example\r\n  Taken by the recipient's server (TLS)\r\n  Fri 9 Jan 2026, 18:00 JST\r\n  mx.tls.example, TLS 1.3\r\n"
        );
        mail.Text.ShouldContain(
            "shiro@plain.example\r\n  Download link taken by the recipient's server (Download link)\r\n"
        );
        mail.Text.ShouldContain("rokuro@null.example\r\n  Not delivered (Undeliverable)\r\n");
        mail.Html!.ShouldContain("<td>taro@tls.example</td><td>Taken by the recipient&#x27;s server</td><td>TLS</td>");
    }

    [Fact]
    public void Speaks_the_language_of_the_message()
    {
        var mail = Write(MailLanguage.Ja);

        mail.Subject.ShouldBe("送達記録: Quotation");
        mail.Text.ShouldStartWith("宛先 3 件のうち 2 件に届きました。\r\n受付: 2026年1月9日(金) 18:00\r\n");
        mail.Text.ShouldContain("  相手先サーバーが受領 (TLS で送信)\r\n");
        mail.Text.ShouldContain("未達");
    }

    [Fact]
    public void Nothing_from_outside_becomes_markup()
    {
        var mail = Write(MailLanguage.En, row => row.Address = "\"<b>\"@tls.example");

        mail.Html!.ShouldNotContain("<b>");
        mail.Html!.ShouldContain("&lt;b&gt;");
    }

    private static OwnMail Write(MailLanguage language, Action<RecipientRow>? change = null)
    {
        RecipientRow[] rows =
        [
            Row(0, "taro@tls.example", RecipientState.Accepted, Route.Tls, "verified"),
            Row(1, "shiro@plain.example", RecipientState.Linked, Route.Link, "starttls-not-offered"),
            Row(2, "rokuro@null.example", RecipientState.Undeliverable, Route.Undeliverable, "null-mx"),
        ];
        rows[0].Receipt =
            """{"evidence":"observed","host":"mx.tls.example","address":"192.0.2.1","level":"verified","tlsVersion":"TLS 1.3","at":"2026-01-09T09:00:00Z"}""";
        change?.Invoke(rows[0]);
        var message = new MessageRow("0123") { CreatedAt = Now, Language = language };
        return DeliveryReport.Write(MailAddress.Parse("hanako@sender.example"), message, rows, Header);
    }

    private static RecipientRow Row(int n, string address, RecipientState state, Route route, string reason) =>
        new("0123", "a", n)
        {
            Address = address,
            State = state,
            Route = route,
            Reason = reason,
            UpdatedAt = Now,
        };
}
