using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TomOrleans.Client.Output;

/// <summary>
/// Standard output. For people lines and tables; for programs one JSON document. Where it is no terminal there is no colour, no cutting to a width and
/// no blank at the end of a line.
/// </summary>
internal sealed class Report(Surroundings surroundings, bool json)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions LineOptions = new(JsonOptions) { WriteIndented = false };

    public Surroundings Surroundings => surroundings;

    /// <summary>Gives the answer in the form that was asked for.</summary>
    public void Answer(object document, Action show)
    {
        if (json)
        {
            Document(document);
        }
        else
        {
            show();
        }
    }

    /// <summary>One of many answers, each on a line of its own: a line for people, a document for programs.</summary>
    public void Item(object document, string line) => Line(json ? JsonSerializer.Serialize(document, LineOptions) : line);

    /// <summary>Writes a line. What came from outside must have gone through <see cref="SafeText"/>.</summary>
    public void Line(string text = "") => surroundings.Out.WriteLine(text);

    public void Show(IRenderable content)
    {
        if (surroundings.OutIsTerminal)
        {
            Terminal(surroundings.Out).Write(content);
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        Terminal(text).Write(content);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            Line(line.TrimEnd());
        }
    }

    /// <summary>A spinner while something takes its time; nothing at all where nobody is looking.</summary>
    public Task<T> WhileWaiting<T>(string text, Func<Action<string>, Task<T>> work) => surroundings.OutIsTerminal && !json
        ? Terminal(surroundings.Out).Status().StartAsync(Markup.Escape(text), status => work(now => status.Status = Markup.Escape(now)))
        : work(_ => { });

    /// <summary>A bar that fills from 0 to 1 while something takes its time; nothing at all where nobody is looking.</summary>
    public Task<T> WithProgress<T>(string text, Func<Action<double>, Task<T>> work) => surroundings.OutIsTerminal && !json
        ? Terminal(surroundings.Out).Progress().AutoClear(true).StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(text), maxValue: 1);
            return work(done => bar.Value = done);
        })
        : work(_ => { });

    /// <summary>Writes the one document. 64-bit ids are to be texts in it, times RFC 3339 UTC.</summary>
    private void Document(object document) => surroundings.Out.WriteLine(JsonSerializer.Serialize(document, JsonOptions));

    private IAnsiConsole Terminal(TextWriter writer)
    {
        var terminal = surroundings.OutIsTerminal;
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = surroundings.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = surroundings.Unicode;
        console.Profile.Width = terminal ? surroundings.Width : int.MaxValue / 2;
        return console;
    }
}
