using CsCheck;
using TlsOrLink.Screening.Numbers;

namespace TlsOrLink.Tests.Unit.Screening;

public sealed class NumberTests
{
    [Theory]
    [InlineData("123456789018", true)] // published examples of the formula
    [InlineData("983205673214", true)]
    [InlineData("123456789012", false)]
    [InlineData("983205673210", false)]
    [InlineData("000000000000", false)]
    [InlineData("12345678901", false)]
    public void My_numbers_have_their_check_digit(string digits, bool right) =>
        CheckDigits.IsMyNumber(digits).ShouldBe(right);

    [Theory]
    [InlineData("5835678256246", true)] // an example that is published with the formula
    [InlineData("2835678256246", false)]
    [InlineData("7000012050002", true)] // the National Tax Agency's own
    public void Corporate_numbers_have_their_check_digit(string digits, bool right) =>
        CheckDigits.IsCorporateNumber(digits).ShouldBe(right);

    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("5555555555554444", true)]
    [InlineData("2223003122003222", true)]
    [InlineData("378282246310005", true)]
    [InlineData("3530111333300000", true)]
    [InlineData("30569309025904", true)]
    [InlineData("6011111111111117", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("1111111111111117", false)] // no scheme begins with 1
    [InlineData("4222222222222", false)]
    [InlineData("4901234567894", false)]
    public void Card_numbers_have_a_prefix_a_length_and_a_check_digit(string digits, bool right) =>
        CheckDigits.IsCardNumber(digits).ShouldBe(right);

    [Theory]
    [InlineData("マイナンバー: 123456789018", 1)]
    [InlineData("マイナンバー：１２３４－５６７８－９０１８", 1)]
    [InlineData("個人番号は 1234 5678 9018 です", 1)]
    [InlineData("個人番号 1 2 3 4 5 6 7 8 9 0 1 8", 1)]
    [InlineData("ﾏｲﾅﾝﾊﾞｰ 123456789018", 1)]
    [InlineData("1234ー5678ー9018", 1)]
    [InlineData("My Number\n1234-5678-9018", 1)]
    [InlineData("電話 090-1234-5678 個人番号 123456789018", 1)]
    [InlineData("氏名,電話番号,個人番号\n山田,03-1234-5678,123456789018", 1)]
    [InlineData("氏名,個人番号,注文番号\n山田,123456789012,123456789018", 0)]
    [InlineData("注文番号 123456789018", 0)]
    [InlineData("Order no. 1234-5678-9018", 0)]
    [InlineData("お問い合わせ伝票番号: 1234-5678-9018", 0)]
    [InlineData("https://shop.example/123456789018", 0)]
    [InlineData("INV-123456789018", 0)]
    [InlineData("0.123456789018", 0)]
    [InlineData("a123456789018", 0)]
    [InlineData("1234 5678 9018 2026", 0)]
    [InlineData("+123456789018", 0)]
    [InlineData("合計 123456789018円", 0)]
    [InlineData("9f1c2d3e-4a5b-6c7d-8e9f-123456789018", 0)]
    public void The_words_beside_a_my_number_decide(string text, int count) =>
        Sample.OfText(text).Count("my-number").ShouldBe(count);

    [Fact]
    public void A_list_of_numbers_that_mostly_lack_the_check_digit_is_no_list_of_my_numbers()
    {
        var list = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"{730_000_000_017L + (i * 12_345_678L)}"));

        Sample.OfText(list).Count("my-number").ShouldBe(0);
        Sample.OfText($"個人番号\n{list}").Count("my-number").ShouldBeInRange(10, 30);
    }

    [Theory]
    [InlineData("登録番号 T5835678256246", 1)]
    [InlineData("法人番号: 5-8356-7825-6246", 1)]
    [InlineData("5835678256246", 0)]
    public void A_corporate_number_needs_its_label(string text, int count) =>
        Sample.OfText(text).Count("corporate-number").ShouldBe(count);

    [Fact]
    public void The_same_number_counts_once() =>
        Sample.OfText("マイナンバー 123456789018、マイナンバー 1234-5678-9018").Count("my-number").ShouldBe(1);

    [Fact]
    public void What_is_found_does_not_depend_on_how_the_text_arrives()
    {
        var filler = string.Concat(Enumerable.Repeat("とても長い文章です。 12 34-56\n", 3000));
        var text = $"{filler}個人番号 1234-5678-9018{filler}社外秘{filler}カード 4111 1111 1111 1111 {filler}";
        Gen.Int[1, 40_000]
            .Array[1, 4]
            .Sample(
                pieces =>
                {
                    var facts = Sample.OfText(text, pieces);
                    (facts.Count("my-number"), facts.Count("card-number"), facts.Has("社外秘")).ShouldBe((1, 1, true));
                },
                iter: 40
            );
    }

    [Fact]
    public void Nothing_in_a_text_makes_it_fail() =>
        Gen.Char.Array[0, 200].Sample(characters => Sample.OfText(new string(characters)), iter: Campaign.FewInputs);
}
