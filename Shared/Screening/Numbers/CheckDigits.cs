namespace TlsOrLink.Screening.Numbers;

/// <summary>The check digits. A number that is made up passes each of them once in ten (corporate: nine) times: they are necessary, not enough. Pure.</summary>
internal static class CheckDigits
{
    private const int MyNumberDigits = 12;
    private const int CorporateDigits = 13;

    /// <summary>
    /// Ordinance 85 of 2014 of the Ministry of Internal Affairs, article 5: P(n) is the n-th digit from the right without the check digit, Q(n) is n + 1
    /// up to the sixth and n - 5 from the seventh; the check digit is 11 - sum mod 11, and 0 where the remainder is 0 or 1.
    /// </summary>
    public static bool IsMyNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length != MyNumberDigits || AllAlike(digits))
        {
            return false;
        }

        var sum = 0;
        for (var n = 1; n < MyNumberDigits; n++)
        {
            sum += Value(digits[MyNumberDigits - 1 - n]) * (n <= 6 ? n + 1 : n - 5);
        }

        var rest = sum % 11;
        return Value(digits[^1]) == (rest <= 1 ? 0 : 11 - rest);
    }

    /// <summary>Ordinance 70 of 2014 of the Ministry of Finance, article 2: the first digit is 9 - sum mod 9, where weights from the right are 1, 2, 1, 2.</summary>
    public static bool IsCorporateNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length != CorporateDigits || AllAlike(digits))
        {
            return false;
        }

        var sum = 0;
        for (var n = 1; n < CorporateDigits; n++)
        {
            sum += Value(digits[CorporateDigits - n]) * (n % 2 == 1 ? 1 : 2);
        }

        return Value(digits[0]) == 9 - (sum % 9);
    }

    /// <summary>ISO/IEC 7812-1 annex B, and a prefix that a card scheme issues under with that many digits.</summary>
    public static bool IsCardNumber(ReadOnlySpan<char> digits) =>
        IsIssued(digits) && !AllAlike(digits) && IsLuhn(digits);

    /// <summary>A scheme issues cards of this prefix and length. Visa's numbers of 13 digits are history, and EANs of Japan begin alike.</summary>
    public static bool IsIssued(ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 14 or > 19)
        {
            return false;
        }

        var six = 0;
        foreach (var digit in digits[..6])
        {
            six = (six * 10) + Value(digit);
        }

        var (four, three, two) = (six / 100, six / 1000, six / 10000);
        return digits.Length switch
        {
            14 => three is (>= 300 and <= 305) or 309 || two is 36 or 38 or 39, // Diners Club
            15 => two is 34 or 37, // American Express
            16 => IsOf16(six, four, three, two),
            19 => two is 62 || two / 10 == 4,
            _ => two is 62, // UnionPay
        };
    }

    private static bool IsOf16(int six, int four, int three, int two) =>
        two / 10 == 4 // Visa
        || two is (>= 51 and <= 55) or 62 or 65 // Mastercard, UnionPay, Discover
        || four is (>= 2221 and <= 2720) or (>= 3528 and <= 3589) or 6011 // Mastercard, JCB, Discover
        || three is >= 644 and <= 649
        || six is >= 360000 and <= 369999; // Diners Club of 16

    private static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var n = 0; n < digits.Length; n++)
        {
            var value = Value(digits[^(n + 1)]) << (n % 2);
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }

    private static bool AllAlike(ReadOnlySpan<char> digits) => digits.IndexOfAnyExcept(digits[0]) < 0;

    private static int Value(char digit) => digit - '0';
}
