using System.Text.RegularExpressions;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

/// <summary>
/// The examples of docs/configuration.md and docs/moving-in.md. A block names the variables it needs in a comment <c>// environment: A B</c>; one that the program has still to
/// learn says <c>// not built yet</c>.
/// </summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string Page = PageOf("configuration.md");

    public static IEnumerable<TheoryDataRow<int, string>> Examples =>
        Block().Matches(Page).Concat(Block().Matches(PageOf("moving-in.md"))).Select((block, index) => new TheoryDataRow<int, string>(index, block.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_configuration_without_faults(int index, string example)
    {
        var unbuilt = example.Contains("// not built yet", StringComparison.Ordinal);

        var reading = Read.Text(example, EnvironmentOf(example), unbuilt ? BuiltParts.All : BuiltParts.Now);

        Assert.True(reading.Faults.IsEmpty, $"example {index}: {ConfigurationPrinter.Faults(reading)}");
    }

    [Fact]
    public void What_an_example_says_is_not_built_is_refused_for_that_alone()
    {
        foreach (var example in Examples.Select(row => row.Data.Item2).Where(example => example.Contains("// not built yet", StringComparison.Ordinal)))
        {
            var reading = Read.Text(example, EnvironmentOf(example));

            Assert.False(reading.Faults.IsEmpty, $"this is built, strike its comment: {example}");
            Assert.All(reading.Faults, fault => Assert.StartsWith("not built yet: ", fault.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Examples_need_the_variables_they_name()
    {
        var needy = Examples.Select(row => row.Data.Item2).Where(example => EnvironmentOf(example).Count > 0).ToList();

        Assert.NotEmpty(needy);
        Assert.All(needy, example => Assert.Contains(Read.Faults(example, [], BuiltParts.All), fault => fault.Contains("is not set", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_of_the_examples_and_the_sandbox_is_explained()
    {
        var paths = Examples.SelectMany(row => Read.Text(row.Data.Item2, EnvironmentOf(row.Data.Item2), BuiltParts.All).Settings)
            .Concat(SandboxConfiguration.Create(new Dictionary<string, string>()).Settings)
            .Select(setting => setting.Path);
        var keys = paths.SelectMany(path => Key().Matches(path).Select(key => key.Value)).Distinct().ToList();

        Assert.True(keys.Count > 30);
        Assert.All(keys, key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> EnvironmentOf(string example) =>
        EnvironmentComment().Match(example).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(name => name, name => $"value-of-{name}");

    private static string PageOf(string name) => File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", name));

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TomOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"^```jsonc\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("// environment: ([A-Z0-9_ ]+)")]
    private static partial Regex EnvironmentComment();

    /// <summary>Keys of ours are in capitals; names of topics, destinations and properties in the examples are not.</summary>
    [GeneratedRegex(@"(?<=^|\.)[A-Z][A-Z_]+(?=\.|\[|$)")]
    private static partial Regex Key();
}
