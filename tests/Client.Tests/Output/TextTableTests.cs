using System.Text.RegularExpressions;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Tests.Output;

public sealed partial class TextTableTests
{
    private static string OnTerminal(int width, Action<Report> print)
    {
        using var console = new ConsoleRun();
        using var output = new StringWriter { NewLine = "\n" };
        console.Variables["NO_COLOR"] = "1";
        print(new(console.Surroundings(output, TextWriter.Null) with { OutIsTerminal = true, Width = width }, json: false));

        // Bold titles come where the terminal of the test run can show them; here only the layout counts.
        var text = AnsiSequence().Replace(output.ToString(), "");
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex AnsiSequence();

    private static void Print(Report report) => new TextTable("#Id", "Reason", "=State")
        .Row(7, "a reason of many words", "parked")
        .Show(report);

    [Fact]
    public void Without_a_terminal_nothing_is_folded()
    {
        var reason = new string('x', 3000);

        Assert.Contains(reason, Printed.By(report => new TextTable("Reason").Row(reason).Show(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_narrow_terminal_long_texts_are_folded() => Assert.Equal(
        """

         Id  Reason            State
        ──────────────────────────────
          7  a reason of many  parked
             words


        """,
        OnTerminal(30, Print));

    [Fact]
    public void On_a_narrow_terminal_empty_columns_go_first() => Assert.Equal(
        """

         Id  State
        ────────────
          7  parked


        """,
        OnTerminal(14, report => new TextTable("#Id", "Reason", "=State").Row(7, "", "parked").Show(report)));

    [Fact]
    public void On_a_very_narrow_terminal_rows_become_records() => Assert.Equal(
        """
        Id      7
        Reason  a reason
                of many
                words
        State   parked


        """,
        OnTerminal(16, Print));
}
