using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.CommandLine;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-config-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<string> _calls = [];
    private TomConfiguration? _configuration;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_arguments_the_sandbox_runs()
    {
        Assert.Equal(0, await InvokeAsync());

        Assert.Equal(["run"], _calls);
        Assert.True(_configuration!.IsSandbox);
    }

    [Fact]
    public async Task The_file_comes_from_the_option_or_from_TOM_CONFIG()
    {
        var option = WriteFile("option.json", """{ "TOM_NAME": "Option" }""");
        var variable = new Dictionary<string, string> { ["TOM_CONFIG"] = WriteFile("variable.json", """{ "TOM_NAME": "Variable" }""") };

        Assert.Equal(0, await InvokeAsync(variable));
        Assert.Equal(("Variable", false), (_configuration!.TomName, _configuration.IsSandbox));
        Assert.Equal(0, await InvokeAsync(variable, "--config", option));
        Assert.Equal("Option", _configuration.TomName);
    }

    [Fact]
    public async Task Data_folder_and_port_come_from_the_command_line()
    {
        Assert.Equal(0, await InvokeAsync("--data", _folder, "--http-port", "0"));

        Assert.Equal((_folder, 0), (_configuration!.DataPath, _configuration.Http.Port));
    }

    [Fact]
    public async Task A_configuration_in_order_is_shown_and_nothing_runs()
    {
        var file = WriteFile("tom.json", """{ "DATA_SHARING": { "hermes": { "BASE_URL": "http://h/", "HERMES_API_KEY": "trousers" } } }""");

        Assert.Equal(0, await InvokeAsync("--config", file, "--check-config", "--http-port", "5081"));

        Assert.Empty(_calls);
        Assert.Contains("DATA_SHARING.hermes.HERMES_API_KEY = (set)", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("HTTP.PORT = 5081  # --http-port", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("TOM_NAME = TomOrleans  # default", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("trousers", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [InlineData("--check-config")]
    [InlineData("token", "list")]
    [InlineData("db", "migrate")]
    [InlineData("--data", "x")]
    public async Task A_configuration_with_faults_ends_every_verb_with_1_and_all_of_them(params string[] verb)
    {
        var file = WriteFile("tom.json", """{ "TOM_NAEM": "x", "HTTP": { "PORT": -1 } }""");

        Assert.Equal(1, await InvokeAsync([.. verb, "--config", file]));

        Assert.Empty(_calls);
        Assert.Equal("", _output.ToString());
        var lines = _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{file}: HTTP.PORT: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}: TOM_NAEM: unknown key; did you mean TOM_NAME?", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--confg", "x")]
    [InlineData("--http-port", "many")]
    [InlineData("--config")]
    [InlineData("nonsense")]
    [InlineData("token")]
    [InlineData("token", "add")]
    [InlineData("token", "add", "--role", "king")]
    [InlineData("token", "add", "--role", "4")]
    [InlineData("db", "drop")]
    [InlineData("db", "status", "--http-port", "1")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(params string[] arguments)
    {
        Assert.Equal(2, await InvokeAsync(arguments));

        Assert.Empty(_calls);
        Assert.Equal("", _output.ToString());
        Assert.EndsWith($"--help shows what is possible.{Environment.NewLine}", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token add Operator anna", "token", "add", "--role", "operator", "--name", "anna")]
    [InlineData("token add Admin ", "token", "add", "--role", "admin")]
    [InlineData("token list", "token", "list")]
    [InlineData("db status", "db", "status")]
    [InlineData("db migrate", "db", "migrate")]
    [InlineData("db script", "db", "script")]
    public async Task Administration_reaches_its_action_with_the_configuration(string call, params string[] arguments)
    {
        Assert.Equal(0, await InvokeAsync([.. arguments, "--data", _folder]));

        Assert.Equal([call], _calls);
        Assert.Equal(_folder, _configuration!.DataPath);
    }

    [Fact]
    public async Task A_silo_may_be_told_to_leave_the_schema_alone()
    {
        Assert.Equal(0, await InvokeAsync("--no-migrate", "--data", _folder));

        Assert.Equal(["run on the schema as it is"], _calls);
    }

    [Fact]
    public async Task What_an_action_refuses_is_one_line_and_1()
    {
        _calls.Add("fail");

        Assert.Equal(1, await InvokeAsync("db", "status"));
        Assert.Equal($"no such database{Environment.NewLine}", _error.ToString());
    }

    [Fact]
    public async Task Help_ends_with_examples()
    {
        Assert.Equal(0, await InvokeAsync("--help"));

        Assert.Empty(_calls);
        Assert.Contains("--check-config", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("token add --role operator --name anna", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "token", "--help")]
    [InlineData("--role", "token", "add", "-h")]
    [InlineData("--config", "db", "migrate", "--help")]
    public async Task Help_of_a_verb_is_about_the_verb(string words, params string[] arguments)
    {
        Assert.Equal(0, await InvokeAsync(arguments));

        Assert.Empty(_calls);
        Assert.Contains(words, _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Examples:", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> InvokeAsync(params string[] arguments) => InvokeAsync([], arguments);

    private Task<int> InvokeAsync(Dictionary<string, string> environment, params string[] arguments) =>
        new SiloCommandLine(
            new()
            {
                RunAsync = (configuration, migrate, _) => Called(migrate ? "run" : "run on the schema as it is", configuration),
                AddTokenAsync = (configuration, role, name, _) => Called($"token add {role} {name}", configuration),
                ListTokensAsync = (configuration, _) => Called("token list", configuration),
                ShowDatabaseAsync = (configuration, _) => _calls.Contains("fail") ? throw new TomException(TomFault.Unavailable, "no such database") : Called("db status", configuration),
                MigrateDatabaseAsync = (configuration, _) => Called("db migrate", configuration),
                ScriptDatabaseAsync = (configuration, _) => Called("db script", configuration),
                CopyDatabaseAsync = (configuration, folder, _) => Called($"db copy {folder}", configuration),
                BackUpDatabaseAsync = (configuration, folder, _) => Called($"db backup {folder}", configuration),
            },
            environment).InvokeAsync(arguments, _output, _error);

    private Task<int> Called(string call, TomConfiguration configuration)
    {
        _calls.Add(call);
        _configuration = configuration;
        return Task.FromResult(0);
    }

    private string WriteFile(string name, string json)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, json);
        return path;
    }
}
