using System.Buffers;

namespace TomOrleans.Grains.Targets.Products;

/// <summary>Names of files that others send: kept to be shown and downloaded, never used as a path here. Pure.</summary>
public static class ProductNames
{
    private const int Longest = 200;
    private static readonly SearchValues<char> Unfit = SearchValues.Create("/\\:*?\"<>|\0");

    /// <summary>What comes after the last folder, characters that a file system or header could take for something else replaced.</summary>
    public static string Of(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = string.Concat(name.Select(character => char.IsControl(character) || Unfit.Contains(character) ? '_' : character)).Trim().Trim('.');
        return kept.Length == 0 ? "file" : kept.Length <= Longest ? kept : kept[^Longest..];
    }

    /// <summary>Why a name is not taken; null when it is.</summary>
    public static string? Fault(string name) =>
        name.Length is 0 or > Longest || name != Of(name) ? $"The file name {QuotedText.Of(name)} is not taken: no folders, no control characters, 1 to {Longest} characters." : null;
}
