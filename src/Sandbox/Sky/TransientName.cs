namespace TomOrleans.Sandbox.Sky;

/// <summary>Designations as the Transient Name Server forms them: the year and at least three letters, counted aaa, aab, ... zzz, aaaa, ...</summary>
internal static class TransientName
{
    // 26 one-letter and 676 two-letter combinations come before "aaa".
    private const int FirstOfThreeLetters = 702;

    public static string Of(string prefix, int year, int index)
    {
        var letters = "";
        for (var n = index + FirstOfThreeLetters; n >= 0; n = (n / 26) - 1)
        {
            letters = (char)('a' + (n % 26)) + letters;
        }

        return $"{prefix} {year}{letters}";
    }
}
