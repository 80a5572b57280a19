using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>
/// The rules of one kind of JSON object. Field errors are collected; <see cref="Whole"/> is asked only when there are none.
/// The normalised object has the fields in the order of the table, whatever the order of the request.
/// </summary>
internal sealed class Table(params Field[] fields)
{
    /// <summary>What the fields must be together; returns the error, or null.</summary>
    public Func<WireObject, object?> Whole { get; init; } = _ => null;

    /// <summary>Null, "", [] and {} are left out of the normalised object; 0 and false stay.</summary>
    public bool DropsEmpty { get; init; } = true;

    /// <summary>Unknown keys are carried through untouched, after the known ones; otherwise they are dropped.</summary>
    public bool KeepsUnknown { get; init; }

    public Checked Check(object? value)
    {
        if (value is not WireObject given)
        {
            var complaint = value is null
                ? "No data provided"
                : $"Invalid data. Expected a dictionary, but got {PythonText.TypeName(value)}.";
            return Checked.FailTree(NonField(WireList.Of(complaint)));
        }

        var errors = new WireObject();
        var result = new WireObject();
        foreach (var field in fields)
        {
            var present = given.TryGetValue(field.Name, out var item);
            if (field.Check(present, item) is not { } outcome)
            {
                continue;
            }

            if (outcome.Failed)
            {
                errors[field.Name] = outcome.Error;
            }
            else if (!DropsEmpty || !IsEmpty(outcome.Value))
            {
                result[field.Name] = outcome.Value;
            }
        }

        if (errors.Count > 0)
        {
            return Checked.FailTree(errors);
        }

        if (Whole(result) is { } fault)
        {
            return Checked.FailTree(fault is WireList ? NonField(fault) : fault);
        }

        CarryUnknown(given, result);
        return Checked.Ok(result);
    }

    private void CarryUnknown(WireObject given, WireObject result)
    {
        if (!KeepsUnknown)
        {
            return;
        }

        foreach (var (name, item) in given)
        {
            if (!Array.Exists(fields, f => f.Name == name))
            {
                result[name] = item;
            }
        }
    }

    private static WireObject NonField(object error) => new() { ["non_field_errors"] = error };

    private static bool IsEmpty(object? value) =>
        value is null or "" or WireList { Count: 0 } or WireObject { Count: 0 };
}
