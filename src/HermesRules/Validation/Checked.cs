using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>What a rule made of a value: the normalised value, or the error as it stands in Hermes' answer (a list of texts, or a tree that mirrors the value).</summary>
internal readonly record struct Checked(object? Value, object? Error)
{
    public bool Failed => Error is not null;

    public static Checked Ok(object? value) => new(value, null);

    public static Checked Fail(string complaint) => new(null, WireList.Of(complaint));

    public static Checked FailTree(object error) => new(null, error);
}

/// <summary>Checks and normalises one value that is neither absent nor null.</summary>
internal delegate Checked Rule(object? value);

/// <summary>Hermes crashes on this input and answers a 500 page.</summary>
internal sealed class HermesCrashException(string reason) : Exception(reason);
