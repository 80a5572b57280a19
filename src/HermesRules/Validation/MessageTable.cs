using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>A whole submission. Its normalised form, without the sending flags, is what goes onto the topic.</summary>
internal sealed class MessageTable
{
    public static readonly string[] SendingFlags = ["submit_to_tns", "submit_to_mpc", "submit_to_gcn"];

    private readonly Table _table;

    /// <param name="isKnown">Whether a message of that uuid was published here: references may cite it.</param>
    /// <param name="testTopicsOnly">The rule of Hermes' development deployment.</param>
    public MessageTable(Func<Guid, bool> isKnown, bool testTopicsOnly)
    {
        Rule topic = value => testTopicsOnly && !((string)value!).Contains("test", StringComparison.Ordinal)
            ? Checked.Fail("Hermes Dev can only submit to a test topic.")
            : Checked.Ok(value);
        _table = new Table(
        [
            Fields.RequiredText("title"),
            Fields.RequiredText("topic", topic),
            new Field("message_text", Rules.Text(blank: true)) { Default = "" },
            Fields.RequiredText("submitter"),
            new Field("authors", Rules.Text(blank: true)) { Default = "" },
            new Field("data", DataTable.Object(isKnown).Check),
            .. SendingFlags.Select(flag => new Field(flag, Rules.Truth) { Nullable = true }),
        ])
        {
            DropsEmpty = false,
        };
    }

    /// <exception cref="HermesCrashException">The real service would crash on this body.</exception>
    public Checked Check(object? body)
    {
        var outcome = _table.Check(body);
        if (outcome.Value is WireObject message)
        {
            foreach (var flag in SendingFlags)
            {
                message.Remove(flag);
            }
        }

        return outcome;
    }
}
