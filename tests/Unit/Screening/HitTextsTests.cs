using TlsOrLink.Screening;

namespace TlsOrLink.Tests.Unit.Screening;

public sealed class HitTextsTests
{
    [Theory]
    [InlineData("encrypted-file", "file:2", "attachment 2", "添付ファイル 2")]
    [InlineData("my-number", "name:2.1", "the name of attachment 2.1", "添付ファイル 2.1 の名前")]
    [InlineData("words", "subject", "the subject", "件名")]
    [InlineData("card-number", "body", "the body", "本文")]
    public void A_hit_says_where(string code, string place, string english, string japanese)
    {
        var hit = new RuleHit("rule", RuleAction.Warn, code, place, Count: 3);

        HitTexts.Sentence(hit, japanese: false).ShouldContain(english, Case.Insensitive);
        HitTexts.Sentence(hit, japanese: true).ShouldContain(japanese);
        RuleHit.Read(RuleHit.Write([hit])).ShouldBe([hit]);
    }

    [Fact]
    public void Every_code_has_a_sentence()
    {
        foreach (
            var field in typeof(HitCodes).GetFields(
                System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static
            )
        )
        {
            var hit = new RuleHit(
                "rule",
                RuleAction.Warn,
                (string)field.GetRawConstantValue()!,
                "body",
                1,
                "a.example",
                "b.example"
            );
            foreach (var japanese in new[] { true, false })
            {
                var sentence = HitTexts.Sentence(hit, japanese);
                sentence.Length.ShouldBeGreaterThan(8, hit.Code);
                sentence.ShouldNotContain('{');
            }
        }
    }
}
