using System.Text;
using CsCheck;
using TlsOrLink.Checking;

namespace TlsOrLink.Tests.Unit.Checking;

public sealed class CheckListTests
{
    [Theory]
    [InlineData("a.example\nb.example", "a.example|b.example")]
    [InlineData("\ufeffdomain,mails\r\na.example,12\r\n", "a.example 12")]
    [InlineData("ドメイン;件数\na.example;12\n\nB.example;", "a.example 12|b.example")]
    [InlineData("\"a.example\",\"1,200\"\nc.example\t3", "a.example 1200|c.example 3")]
    [InlineData("taro@a.example\nhanako@a.example,2", "taro@a.example|hanako@a.example 2")]
    [InlineData("a.example,2\na.example\na.example,3", "a.example 5")]
    [InlineData("例え.jp,4", "xn--r8jz45g.jp 4")]
    public void Reads_domains_with_numbers_of_mails(string csv, string expected) =>
        Shown(CheckCsv.Read(csv, 10)).ShouldBe(expected);

    [Theory]
    [InlineData("a.example, b.example；c@c.example\nd.example 7", "a.example|b.example|c@c.example|d.example 7")]
    [InlineData("a.example、b.example　c.example", "a.example|b.example|c.example")]
    public void Reads_what_a_person_types(string text, string expected) =>
        Shown(CheckCsv.ReadTyped(text, 10)).ShouldBe(expected);

    [Theory]
    [InlineData("a.example\nnot a domain\nb.example", "line 2")]
    [InlineData("a..b", "line 1")]
    [InlineData("name\na.example\n=HYPERLINK(\"http://x\")", "line 3")]
    [InlineData("a.example,many", "line 1")]
    [InlineData("a.example,-1", "line 1")]
    [InlineData("a.example,99999999999999999999", "line 1")]
    [InlineData("", "line 1")]
    [InlineData(" \n,,\n", "line 1")]
    public void A_csv_that_is_wrong_names_the_line(string csv, string line)
    {
        var list = CheckCsv.Read(csv, 10);

        list.Errors.Keys.ShouldBe([line]);
        list.Errors[line].Single().ShouldNotContain("HYPERLINK", Case.Insensitive, "what is wrong is not repeated");
    }

    [Fact]
    public void What_a_person_types_has_no_heading() =>
        CheckCsv.ReadTyped("taro\na.example", 10).Errors.Keys.ShouldBe(["line 1"]);

    [Fact]
    public void Too_many_are_refused_and_errors_are_told_up_to_a_limit()
    {
        CheckCsv.Read("a.example\nb.example\nc.example", 2).IsTooLong.ShouldBeTrue();
        CheckJson
            .Read("""{"recipients":["a.example","b.example","c.example"]}"""u8.ToArray(), 2)
            .IsTooLong.ShouldBeTrue();
        CheckCsv
            .Read(string.Join('\n', Enumerable.Repeat("not.a domain", 100)), 500)
            .Errors.Count.ShouldBe(CheckList.MaxErrors);
    }

    [Theory]
    [InlineData("""{"recipients":["a.example","b@c.example"]}""", "a.example|b@c.example")]
    public void Reads_json(string json, string expected) => Shown(Json(json)).ShouldBe(expected);

    [Theory]
    [InlineData("", "$")]
    [InlineData("{", "$")]
    [InlineData("[]", "recipients")]
    [InlineData("{}", "recipients")]
    [InlineData("""{"recipients":[]}""", "recipients")]
    [InlineData("""{"recipients":"a.example"}""", "recipients")]
    [InlineData("""{"recipients":["a.example",7,"a b"]}""", "recipients[1] recipients[2]")]
    public void Json_that_is_wrong_names_the_field(string json, string fields) =>
        string.Join(' ', Json(json).Errors.Keys).ShouldBe(fields);

    [Fact]
    public void Decodes_utf8_and_else_shift_jis()
    {
        CsvText.Decode(Encoding.UTF8.GetBytes("例え.jp")).ShouldBe("例え.jp");
        CsvText.Decode(Encoding.GetEncoding("shift_jis").GetBytes("例え.jp")).ShouldBe("例え.jp");
    }

    [Fact]
    public void No_cell_runs_as_a_formula_and_cells_come_back() =>
        Gen.String[Gen.Char["=+-@＝'\",;\t\r\n aé日"], 0, 12]
            .List[1, 5]
            .Sample(cells =>
            {
                var line = CsvLine.Write(cells);
                var read = CsvLine.Split(line[..^2]);
                return line.EndsWith("\r\n", StringComparison.Ordinal)
                    && line[..^2].All(c => !char.IsControl(c))
                    && read.Count == cells.Count
                    && read.All(cell => cell.TrimStart() is not ['=' or '+' or '-' or '@' or '＝', ..]);
            });

    [Fact]
    public void A_line_of_quotes_is_read_in_no_time() =>
        CsvLine.Split(string.Concat(Enumerable.Repeat("x\"", 500_000))).Count.ShouldBe(1);

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.String.Sample(text =>
            CheckCsv.Read(text, 5).Entries.Count <= 6 && CheckCsv.ReadTyped(text, 5).Entries.Count <= 6
        );

    [Theory]
    [InlineData("""{"recipients":["\ud800"]}""")]
    [InlineData("""{"recipients":["a@b.example","\udc00x"]}""")]
    public void Half_a_surrogate_pair_is_the_callers_fault_and_not_ours(string json) =>
        Json(json).Errors.ShouldNotBeEmpty();

    private static CheckList Json(string json) => CheckJson.Read(Encoding.UTF8.GetBytes(json), 10);

    private static string Shown(CheckList list)
    {
        list.Errors.ShouldBeEmpty();
        return string.Join('|', list.Entries.Select(entry => $"{entry.Text} {entry.Mails}".TrimEnd()));
    }
}
