using System.Diagnostics;
using System.Text;
using CsCheck;
using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.MtaSts;

public sealed class StsPolicyParserTests
{
    private const string Good = "version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800\n";

    [Theory]
    [InlineData(Good)]
    [InlineData("version: STSv1\r\nmode: enforce\r\nmx: mx.example\r\nmax_age: 604800\r\n")]
    [InlineData("version: STSv1\nmode: enforce\r\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version:STSv1\nmode:\tenforce \nmx:   MX.example\t\nmax_age:604800")]
    [InlineData("max_age: 604800\nmx: mx.example\nmode: enforce\nversion: STSv1\n")]
    [InlineData(Good + "\n\r\n  ")]
    [InlineData(Good + "new-field: 日本語 and more: x\n")]
    [InlineData(Good + "mode: none\nmax_age: 1\nversion: other\n")]
    public void Reads_a_policy(string text)
    {
        var policy = Parse(text).ShouldNotBeNull();
        policy.Mode.ShouldBe(StsMode.Enforce);
        policy.MaxAge.ShouldBe(TimeSpan.FromDays(7));
        policy.Patterns.ShouldBe(["mx.example"]);
    }

    [Fact]
    public void Takes_mode_none_without_hosts() =>
        Parse("version: STSv1\nmode: none\nmax_age: 86400").ShouldNotBeNull().Mode.ShouldBe(StsMode.None);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("31557600", 31557600)]
    [InlineData("31557601", 31557600)]
    [InlineData("9999999999", 31557600)]
    public void Caps_max_age(string text, long seconds) =>
        Parse(Good.Replace("604800", text, StringComparison.Ordinal))
            .ShouldNotBeNull()
            .MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 604800")]
    [InlineData("version: STSv1\nmode: testing\nmax_age: 604800")]
    [InlineData("mode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example")]
    [InlineData("version: STSv2\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: stsv1\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\nmode: Enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\nmode: enforced\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: -1")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 1e5")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 12345678901")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: ١٢")]
    [InlineData("version : STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData(" version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\n\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("version: STSv1\rmode: enforce\rmx: mx.example\rmax_age: 604800")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800\nno colon")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800\nempty:")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800\n_x: y")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800\nx: a\0b")]
    [InlineData("\ufeffversion: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 604800")]
    [InlineData("<html>version: STSv1</html>")]
    public void Refuses_what_the_grammar_does_not_allow(string text) => Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("*.*.example")]
    [InlineData("mx.*.example")]
    [InlineData("m*.example")]
    [InlineData("*mx.example")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData(".example")]
    [InlineData("mx.example.")]
    [InlineData("mx..example")]
    [InlineData("-mx.example")]
    [InlineData("mx_a.example")]
    [InlineData("日本.example")]
    [InlineData("mx.example, mx2.example")]
    public void Refuses_the_whole_policy_for_one_bad_pattern(string pattern) =>
        Parse(Good + $"mx: {pattern}\n").ShouldBeNull();

    [Theory]
    [InlineData("mx.example", "mx.example", true)]
    [InlineData("MX.Example", "mx.example", true)]
    [InlineData("mx.example", "a.mx.example", false)]
    [InlineData("*.example.jp", "mx.example.jp", true)]
    [InlineData("*.example.jp", "example.jp", false)]
    [InlineData("*.example.jp", "a.mx.example.jp", false)]
    [InlineData("*.example.jp", "mxexample.jp", false)]
    [InlineData("*.example.jp", "mx.badexample.jp", false)]
    public void Matches_a_host_by_one_left_most_label_only(string pattern, string host, bool covers) =>
        Parse(Good.Replace("mx.example", pattern, StringComparison.Ordinal))
            .ShouldNotBeNull()
            .Covers(PlainResolver.Name(host))
            .ShouldBe(covers);

    [Fact]
    public void Refuses_more_than_64_KB_and_bytes_that_are_not_UTF_8()
    {
        var filler = string.Concat(Enumerable.Repeat("mx: mx.example\n", 5000));
        Parse(Good + filler[..(64 * 1024 - Good.Length)].TrimEnd('\n')).ShouldBeNull("the last line is cut");
        StsPolicyParser.Parse(Encoding.UTF8.GetBytes(Good + filler)).ShouldBeNull();
        StsPolicyParser.Parse([.. Encoding.UTF8.GetBytes(Good + "x: "), 0xff]).ShouldBeNull();
    }

    [Theory]
    [InlineData("mx: a.b\n")]
    [InlineData("a:b\n")]
    [InlineData(":")]
    [InlineData("\n")]
    [InlineData("*.")]
    [InlineData("a")]
    [InlineData(" ")]
    public void Parses_the_largest_input_in_a_moment(string piece)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 64 * 1024 / piece.Length)));
        var watch = Stopwatch.StartNew();
        StsPolicyParser.Parse(bytes);
        watch.Elapsed.ShouldBeLessThan(
            TimeSpan.FromSeconds(20),
            "parsing must be linear: look for a scan within a scan"
        );
    }

    [Fact]
    public void Never_throws_and_reads_back_what_it_writes() =>
        Gen.OneOf<string>(
                Gen.OneOf(
                    "version: STSv1\n",
                    "mode: enforce\n",
                    "mode: testing\r\n",
                    "mode: none\n",
                    "max_age: 99999\n",
                    "max_age: 9999999999\n",
                    "mx: *.example.jp\n",
                    "mx: MX.example\r\n",
                    "x: y\n",
                    "\n",
                    "mx: "
                ),
                Gen.Char.Array[0, 12].Select(chars => new string(chars))
            )
            .Array[0, 8]
            .Select(string.Concat)
            .Sample(
                text =>
                {
                    if (Parse(text) is not { } policy)
                    {
                        return;
                    }

                    policy.MaxAge.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(31557600));
                    (policy.Mode == StsMode.None || policy.Patterns.Count > 0).ShouldBeTrue();
                    var again = Parse(StsPolicyParser.Write(policy)).ShouldNotBeNull();
                    (again.Mode, again.MaxAge).ShouldBe((policy.Mode, policy.MaxAge));
                    again.Patterns.ShouldBe(policy.Patterns);
                },
                iter: Campaign.Inputs
            );

    [Fact]
    public void Reads_any_valid_policy_whatever_the_order_of_its_fields() =>
        Gen.Select(
                Gen.Shuffle(
                    new[]
                    {
                        "version: STSv1",
                        "mode: enforce",
                        "mx: mx.example",
                        "mx: *.b.example",
                        "max_age: 5",
                        "x: y",
                    }
                ),
                Gen.OneOf("\n", "\r\n")
            )
            .Sample(
                (lines, end) =>
                {
                    var policy = Parse(string.Join(end, lines)).ShouldNotBeNull();
                    policy.Patterns.Order(StringComparer.Ordinal).ShouldBe(["*.b.example", "mx.example"]);
                },
                iter: 1000
            );

    private static StsPolicy? Parse(string text) => StsPolicyParser.Parse(Encoding.UTF8.GetBytes(text));
}
