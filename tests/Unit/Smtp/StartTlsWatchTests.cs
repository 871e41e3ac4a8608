using System.Text;
using CsCheck;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class StartTlsWatchTests
{
    private const string Handshake = "\u0016\u0003\u0003\0\u0010more";
    private const string TooOld = "\u0015\u0003\u0001\0\u0002\u0002\u0046";

    [Theory]
    [InlineData("220 go\r\n", true, false, false)]
    [InlineData("220-go\r\n220 on\r\n" + Handshake, true, true, false)] // even TLS bytes cannot come before ours
    [InlineData("220 go\r\n250 injected\r\n", true, true, false)]
    [InlineData("454 no\r\n", false, false, false)]
    [InlineData("454 no\r\n250 more\r\n", false, false, false)]
    public void Sees_what_follows_the_220_in_one_packet(string packet, bool granted, bool injected, bool tooOld)
    {
        var watch = Asked();

        watch.OnRead(Bytes(packet));

        (watch.Granted, watch.Injected, watch.TooOld).ShouldBe((granted, injected, tooOld));
    }

    [Fact]
    public void Takes_the_same_view_however_the_packets_are_cut() =>
        Gen.Select(
                Gen.OneOf(Gen.Const("220 go\r\n"), Gen.Const("220-a\r\n220 b\r\n")),
                Gen.OneOf(Gen.Const(Handshake), Gen.Const(TooOld), Gen.Const("250 clear\r\n")),
                Gen.Int[1, 5]
            )
            .Sample(
                (reply, then, size) =>
                {
                    var watch = Asked();
                    foreach (var part in reply.Chunk(size).Concat(then.Chunk(size)))
                    {
                        watch.OnRead(Bytes(new string(part)));
                    }

                    return watch.Granted && watch.Injected == (then[0] == '2') && watch.TooOld == (then == TooOld);
                }
            );

    [Fact]
    public void Sees_our_own_side_refuse_an_old_version()
    {
        var watch = Asked();
        watch.OnRead(Bytes("220 go\r\n"));
        watch.OnRead(Bytes(Handshake));

        watch.OnWrite(Bytes(TooOld));

        watch.TooOld.ShouldBeTrue();
        watch.Injected.ShouldBeFalse();
    }

    private static StartTlsWatch Asked()
    {
        var watch = new StartTlsWatch();
        watch.OnRead(Bytes("220 hello\r\n"));
        watch.OnWrite("EHLO me\r\n"u8);
        watch.OnRead(Bytes("250-x\r\n250 STARTTLS\r\n"));
        watch.OnWrite("STARTTLS\r\n"u8);
        return watch;
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
