using System.CommandLine;

namespace TomOrleans.Client.Commands;

/// <summary><c>--yes</c>, and the question that it answers: asked where somebody can answer, else the option is needed.</summary>
internal sealed class Confirmation(Surroundings surroundings)
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask; needed where standard input is no terminal." };

    public void AddTo(Command command, string what)
    {
        command.Add(_yes);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_yes) && !surroundings.InIsTerminal)
            {
                result.AddError($"{what}, and nobody is here to be asked: give --yes");
            }
        });
    }

    /// <summary>For a command that asks only at times: who is needed and not there is then told by <see cref="Ask"/>.</summary>
    public void AddOptionTo(Command command) => command.Add(_yes);

    /// <summary>Throws <see cref="RefusedException"/> when the answer is no.</summary>
    public void Ask(ParseResult arguments, string question, string refusal)
    {
        if (arguments.GetValue(_yes))
        {
            return;
        }

        if (!surroundings.InIsTerminal)
        {
            throw new RefusedException("nobody is here to be asked: give --yes");
        }

        // The question is no part of the answer: standard output may go to a program.
        surroundings.Error.Write($"{question} [y/N] ");
        if (surroundings.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new RefusedException(refusal);
        }
    }
}
