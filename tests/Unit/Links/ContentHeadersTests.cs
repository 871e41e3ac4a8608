using System.Net.Http.Headers;
using CsCheck;
using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class ContentHeadersTests
{
    [Theory]
    [InlineData(Sample.JapaneseName)]
    [InlineData("plain.pdf")]
    [InlineData("100% sure & 'quoted' (1).pdf")]
    [InlineData("が゙.txt")]
    [InlineData("葛\U000E0100城.docx")]
    [InlineData("😀.png")]
    public void A_name_comes_back_whole_from_the_extended_parameter(string name)
    {
        var header = ContentDispositionHeaderValue.Parse(ContentHeaders.Disposition(name));

        header.DispositionType.ShouldBe("attachment");
        header.FileNameStar.ShouldBe(name);
    }

    [Fact]
    public void Old_clients_get_an_ASCII_stand_in_with_the_extension() =>
        ContentHeaders
            .Disposition(Sample.JapaneseName)
            .ShouldStartWith("attachment; filename=\"_____________.xlsx\"; ");

    [Theory]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("\u202Exslx.exe", "xslx.exe")]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt")]
    [InlineData("a\0b\u0007.txt", "ab.txt")]
    [InlineData("CON\"; filename=\"evil.exe", "CON_; filename=_evil.exe")]
    [InlineData("a<b>|c?.txt", "a_b__c_.txt")]
    [InlineData("\ud800lone.txt", "lone.txt")]
    public void A_hostile_name_is_made_harmless(string name, string safe) =>
        ContentHeaders.SafeName(name).ShouldBe(safe);

    [Fact]
    public void A_very_long_name_is_cut_and_keeps_its_extension()
    {
        var safe = ContentHeaders.SafeName(new string('長', 5000) + ".xlsx");

        safe.Length.ShouldBe(120);
        safe.ShouldEndWith(".xlsx");
        ContentHeaders.Disposition(new string('長', 5000) + ".xlsx").Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public void Whatever_the_name_the_header_is_one_line_of_ASCII_that_parses() =>
        Gen.String.Sample(name =>
        {
            var value = ContentHeaders.Disposition(name);
            return value.All(c => c is >= ' ' and < '\x7f')
                && ContentDispositionHeaderValue.TryParse(value, out var header)
                && header.FileNameStar == ContentHeaders.SafeName(name);
        });

    [Theory]
    [InlineData("application/pdf", "application/pdf")]
    [InlineData("Application/PDF; name=\"x\"", "application/pdf")]
    [InlineData("text/plain; charset=iso-2022-jp", "text/plain")]
    [InlineData("text/html", "application/octet-stream")]
    [InlineData("image/svg+xml", "application/octet-stream")]
    [InlineData("application/javascript", "application/octet-stream")]
    [InlineData("application/pdf\r\nX: y", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void Only_types_that_run_nothing_are_passed_on(string declared, string served) =>
        ContentHeaders.SafeType(declared).ShouldBe(served);
}
