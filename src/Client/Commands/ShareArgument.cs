using System.CommandLine;
using System.Globalization;

namespace TomOrleans.Client.Commands;

/// <summary>The id of a share on the command line.</summary>
internal static class ShareArgument
{
    public static Argument<long> Create() => Parsed.Argument(
        "ID",
        "The share's id, as tom shares shows it.",
        (string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        "the id of a share: a whole number; tom shares lists them");
}
