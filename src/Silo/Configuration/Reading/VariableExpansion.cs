using System.Text;
using System.Text.RegularExpressions;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>
/// <c>${NAME}</c> and <c>${NAME:-default}</c> in texts of the file; <c>$${</c> stands for <c>${</c> itself. As in a shell, an empty variable counts as not
/// set. What a variable holds is not expanded again.
/// </summary>
internal static partial class VariableExpansion
{
    /// <summary>Expands the text in place, or reports each thing that is wrong with it and leaves it unreadable.</summary>
    public static void Expand(Setting setting, ReadingContext context)
    {
        var expanded = new StringBuilder();
        var used = new List<string>();
        var text = setting.Text;
        var faulty = false;
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            if (open > at && text[open - 1] == '$')
            {
                expanded.Append(text, at, open - 1 - at).Append("${");
                at = open + 2;
                continue;
            }

            expanded.Append(text, at, open - at);
            var close = text.IndexOf('}', open);
            var variable = Variable().Match(close < 0 ? text[(open + 2)..] : text[(open + 2)..close]);
            at = close < 0 ? text.Length : close + 1;
            if (close < 0 || !variable.Success)
            {
                context.Fault(setting.Path, "holds a ${ that is neither ${NAME} nor ${NAME:-default}; write $${ for the characters themselves");
                faulty = true;
                continue;
            }

            setting.IsConverted = true;
            var name = variable.Groups["name"].Value;
            if (context.Environment.TryGetValue(name, out var value) && value.Length > 0)
            {
                used.Add(name);
                expanded.Append(value);
            }
            else if (variable.Groups["default"] is { Success: true } fallback)
            {
                expanded.Append(fallback.Value);
            }
            else
            {
                var state = value is null ? "not set" : "empty";
                context.Fault(setting.Path, $"the environment variable {name} is {state}; set it, or give a default with ${{{name}:-...}}");
                faulty = true;
            }
        }

        setting.Text = expanded.Append(text, at, text.Length - at).ToString();
        setting.Origin ??= used.Count == 0 ? null : $"environment variable {string.Join(", ", used.Distinct())}";
        setting.Kind = faulty ? SettingKind.Unreadable : setting.Kind;
    }

    /// <summary>The texts that the Toolkit's pages give as defaults to <c>os.getenv</c>: whoever sees one has set nothing.</summary>
    public static bool IsPlaceholder(string text) => Placeholder().IsMatch(text);

    [GeneratedRegex(@"\A(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>((?!\$\{).)*))?\z", RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A\s*set\s+(\S+\s+(value\s+)?in\s+(the\s+|your\s+)?environment|your\s.+\shere)\.?\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
