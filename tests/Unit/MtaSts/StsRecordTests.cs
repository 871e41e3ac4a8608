using CsCheck;
using TlsOrLink.Dns;
using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.MtaSts;

public sealed class StsRecordTests
{
    [Theory]
    [InlineData("v=STSv1; id=20160831085700Z;", "20160831085700Z")]
    [InlineData("v=STSv1;id=1", "1")]
    [InlineData("v=STSv1 ;\tid=aB9 ; ", "aB9")]
    [InlineData("v=STSv1; ext=x:y; id=1; o.t-h_er=z", "1")]
    [InlineData("v=STSv1; id=12345678901234567890123456789012", "12345678901234567890123456789012")]
    public void Reads_the_id(string text, string id) => StsRecord.Parse([text]).ShouldBe(new StsRecord(id, null));

    [Theory]
    [InlineData("v=STSv1;")]
    [InlineData("v=STSv1; id=")]
    [InlineData("v=STSv1; id=123456789012345678901234567890123")]
    [InlineData("v=STSv1; id=a-b")]
    [InlineData("v=STSv1; id=あ")]
    [InlineData("v=STSv1; id=1; id=2")]
    [InlineData("v=STSv1; id=1; id=1")]
    [InlineData("v=STSv1; ID=1")]
    [InlineData("v=STSv1; id =1")]
    [InlineData("v=STSv1; id= 1")]
    [InlineData("v=STSv1; id=1; ;")]
    [InlineData("v=STSv1; id=1; x")]
    [InlineData("v=STSv1; id=1; =x")]
    [InlineData("v=STSv1; id=1; x=")]
    [InlineData("v=STSv1; id=1; x=a b")]
    [InlineData("v=STSv1; id=1; _x=a")]
    [InlineData("v=STSv1; id=1; abcdefghijklmnopqrstuvwxyz1234567=a")]
    public void Finds_a_record_bad_that_the_grammar_does_not_allow(string text) =>
        StsRecord.Parse([text]).ShouldBe(new StsRecord(null, StsReasons.RecordBad));

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("v=STSv2; id=1")]
    [InlineData("v=STSv1")]
    [InlineData("v=STSv11; id=1")]
    [InlineData("V=STSv1; id=1")]
    [InlineData(" v=STSv1; id=1")]
    [InlineData("")]
    public void Ignores_text_of_other_versions_and_uses(string text)
    {
        StsRecord.Parse([text]).ShouldBe(StsRecord.Absent);
        StsRecord.Parse([text, "v=STSv1; id=1"]).Id.ShouldBe("1");
    }

    [Fact]
    public void Takes_two_records_for_none() =>
        StsRecord.Parse(["v=STSv1; id=1", "v=STSv1; id=1"]).ShouldBe(new StsRecord(null, StsReasons.RecordBad));

    [Fact]
    public void Tells_a_failed_question_from_a_missing_record()
    {
        var name = PlainResolver.Name("_mta-sts.a.example");
        StsRecord
            .Read(DnsAnswer<string>.NotFoundOut(DnsFailures.Timeout, name, default))
            .Reason.ShouldBe(StsReasons.RecordFailed);
        StsRecord
            .Read(new DnsAnswer<string>(DnsStatus.NxDomain, [], false, name, default))
            .Reason.ShouldBe(StsReasons.None);
    }

    [Fact]
    public void Never_throws_and_gives_only_ids_of_1_to_32_letters_and_digits() =>
        Gen.OneOf<string>(
                Gen.OneOf("v=STSv1", ";", "; ", "id=", "=", "20250101", "x", " ", "あ", "\0"),
                Gen.Char.Array[0, 40].Select(chars => new string(chars))
            )
            .Array[0, 8]
            .Select(string.Concat)
            .Array[0, 3]
            .Sample(
                texts =>
                {
                    var record = StsRecord.Parse(texts);
                    (record.Id is null).ShouldBe(record.Reason is not null);
                    if (record.Id is { } id)
                    {
                        id.Length.ShouldBeInRange(1, 32);
                        id.All(char.IsAsciiLetterOrDigit).ShouldBeTrue();
                    }
                },
                iter: Campaign.Inputs
            );
}
