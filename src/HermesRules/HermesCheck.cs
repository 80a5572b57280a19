using TomOrleans.HermesRules.PythonJson;
using TomOrleans.HermesRules.Validation;

namespace TomOrleans.HermesRules;

/// <summary>What Hermes would make of a body, before accounts, files and brokers come into it.</summary>
public abstract record HermesVerdict
{
    private HermesVerdict()
    {
    }

    /// <summary>It is taken.</summary>
    /// <param name="Submitted">The body as it was given.</param>
    /// <param name="Message">As Hermes would publish it.</param>
    public sealed record Valid(WireObject Submitted, WireObject Message) : HermesVerdict;

    /// <summary>It is refused, with the tree of errors that <c>validate/</c> answers.</summary>
    public sealed record Refused(object Errors) : HermesVerdict;

    /// <summary>It is no JSON.</summary>
    public sealed record Unreadable(string Reason) : HermesVerdict;

    /// <summary>Hermes answers with a 500 page.</summary>
    public sealed record Crash(string Reason) : HermesVerdict;
}

/// <summary>
/// Hermes' own check of a submission, as its serializer does it. Asks nobody: a citation of another message (<c>hop_uuid</c>) is believed, and of the rules for TNS and GCN those are known that
/// need none of their lists.
/// </summary>
/// <param name="testTopicsOnly">The rule of Hermes' development deployment.</param>
public sealed class HermesCheck(bool testTopicsOnly = false)
{
    private readonly MessageTable _table = new(static _ => true, testTopicsOnly);

    public HermesVerdict Check(ReadOnlySpan<byte> utf8)
    {
        try
        {
            // No body at all counts as an empty object.
            return Check(utf8.IsEmpty ? new WireObject() : WireReader.Read(utf8));
        }
        catch (WireFormatException fault)
        {
            return new HermesVerdict.Unreadable(fault.Message);
        }
    }

    private HermesVerdict Check(object? body)
    {
        try
        {
            var outcome = _table.Check(body);
            return outcome.Error is { } errors ? new HermesVerdict.Refused(errors)
                : ForwardingRules.Check((WireObject)body!, (WireObject)outcome.Value!) is { } forwarding ? new HermesVerdict.Refused(forwarding)
                : new HermesVerdict.Valid((WireObject)body!, (WireObject)outcome.Value!);
        }
        catch (HermesCrashException fault)
        {
            return new HermesVerdict.Crash(fault.Message);
        }
    }
}
