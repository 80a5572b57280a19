using TomOrleans.Client.Connection;

namespace TomOrleans.Client.Tests.Connection;

public sealed class TokenSourceTests : IDisposable
{
    private readonly ConsoleRun _console = new();

    private string? Find(string? option = null, string gateway = "127.0.0.1:30000") =>
        TokenSource.Find(
            option,
            Gateways.TryParse(gateway, out var addresses) ? addresses : throw new FormatException(gateway),
            _console.Surroundings(TextWriter.Null, TextWriter.Null));

    [Fact]
    public void Without_option_variable_and_files_there_is_no_token() => Assert.Null(Find());

    [Fact]
    public void Option_comes_before_variable_and_variable_before_files()
    {
        WritePointer(30000, Write("token", "from-pointer"));
        _console.Variables["TOM_TOKEN"] = "from-variable";

        Assert.Equal("from-option", Find("from-option"));
        Assert.Equal("from-variable", Find());
        _console.Variables["TOM_TOKEN"] = "  ";
        Assert.Equal("from-pointer", Find());
    }

    [Fact]
    public void Pointer_belongs_to_the_port_of_the_gateway()
    {
        WritePointer(30000, Write("one", "first-silo\n"));
        WritePointer(30001, Write("two", "second-silo\r\n"));

        Assert.Equal("first-silo", Find());
        Assert.Equal("second-silo", Find(gateway: "localhost:30001"));
        Assert.Equal("second-silo", Find(gateway: "[::1]:30001"));
        Assert.Null(Find(gateway: "127.0.0.1:30002"));
    }

    [Fact]
    public void Pointer_to_a_file_that_is_gone_gives_way_to_the_data_folder()
    {
        WritePointer(30000, Path.Combine(_console.StateFolder, "gone"));
        WriteDataToken("from-data-folder");

        Assert.Equal("from-data-folder", Find());
    }

    [Fact]
    public void Pointer_that_is_no_absolute_path_is_not_followed()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_console.WorkingFolder).FullName, "token"), "relative");
        WritePointer(30000, "token");

        Assert.Null(Find());
    }

    [Fact]
    public void Of_several_gateways_the_first_that_has_a_token_here_gives_it()
    {
        WritePointer(30001, Write("two", "second-silo"));
        WritePointer(30002, Write("three", "third-silo"));

        Assert.Equal("second-silo", Find(gateway: "127.0.0.1:30000,127.0.0.1:30001,127.0.0.1:30002"));
    }

    [Theory]
    [InlineData("10.1.2.3:30000")]
    [InlineData("tom.example.org:30000")]
    [InlineData("127.0.0.1:30000,tom.example.org:30000")]
    public void A_token_of_this_machine_is_never_sent_to_another(string gateway)
    {
        WritePointer(30000, Write("token", "from-pointer"));
        WriteDataToken("from-data-folder");

        Assert.Null(Find(gateway: gateway));
        Assert.Equal("given", Find("given", gateway));
    }

    [Fact]
    public void State_folder_follows_the_base_directory_specification()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has a folder of its own for this.");

        Assert.Equal("/x/state", Surroundings.StateFolderOf(name => name == "XDG_STATE_HOME" ? "/x/state" : "/home/me"));
        Assert.Equal("/home/me/.local/state", Surroundings.StateFolderOf(name => name == "HOME" ? "/home/me" : null));
    }

    public void Dispose() => _console.Dispose();

    private void WritePointer(int port, string tokenFile) => Write($"tomorleans/gateway-{port}", tokenFile + "\n");

    private void WriteDataToken(string token)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_console.WorkingFolder, "data")).FullName;
        File.WriteAllText(Path.Combine(folder, "admin-token"), token);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_console.StateFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
