using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkOrderTests
{
    [Fact]
    public void An_order_takes_everything_from_the_rows_of_the_message()
    {
        var message = new MessageRow("m")
        {
            Attempt = "01234567",
            Sender = "yamada@sender.example",
            Language = MailLanguage.En,
            LinkLifeHours = 48,
        };
        var file = new FileRow("m", "01234567", 1)
        {
            Name = Sample.JapaneseName,
            ContentType = "application/pdf",
            Bytes = 5,
            Blob = "h/m/1",
        };

        var order = LinkOrder.Of(message, "山田", [file]);

        order.Life.ShouldBe(TimeSpan.FromHours(48));
        order.Files.ShouldBe([new LinkFile(1, Sample.JapaneseName, "application/pdf", 5, "h/m/1")]);
        (order with { Files = [], Life = null }).ShouldBe(
            new LinkOrder("m", "01234567", "yamada@sender.example", "山田", MailLanguage.En, [])
        );
    }

    [Fact]
    public void The_notice_speaks_of_the_issued_link()
    {
        var row = Sample.Row();

        var facts = NoticeFacts.Of(new IssuedLink(row, new Uri("https://files.sender.example/d/x")));

        facts.SenderName.ShouldBe("山田 太郎");
        facts.ExpiresAt.ShouldBe(row.ExpiresAt);
        NoticeFacts
            .Of(new IssuedLink(row with { SenderName = "" }, facts.Url))
            .SenderName.ShouldBe("yamada@sender.example");
    }
}
