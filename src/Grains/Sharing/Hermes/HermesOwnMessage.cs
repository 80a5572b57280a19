using System.Text;
using TomOrleans.HermesRules;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Makes a submission of a message that somebody wrote: checked as Hermes would, and for what Hermes lets pass and goes wrong all the same; then sent as it is, with our submission key under
/// <c>data.extra_data.tom_orleans</c>.
/// </summary>
internal static class HermesOwnMessage
{
    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) with a line for each fault.</summary>
    public static OwnSubmission Make(OwnMessage message, HermesCheck check, Func<Guid> newKey)
    {
        var key = newKey();
        var text = message.Text.StartsWith('\uFEFF') ? message.Text[1..] : message.Text;
        var body = WithKey(Read(text), message.Topic, key);
        var valid = Check(body, check);
        var cautions = HermesCautions.Of(valid);
        if (cautions.Count > 0)
        {
            throw Refused(cautions);
        }

        var size = WireWriter.ToTopic(valid.Message).Length;
        if (size > HermesMessage.LargestPublished)
        {
            throw Refused([$"as Hermes publishes it, it takes {size} bytes, and a topic holds {HermesMessage.LargestPublished}: split it"]);
        }

        var data = valid.Message.Get("data") as WireObject ?? [];
        return new(
            (string)valid.Message["topic"]!,
            (string)valid.Message["title"]!,
            [.. Rows(data, "targets").Select(target => (string)target["name"]!)],
            Rows(data, "photometry").Count(),
            new(key, WireWriter.ToTopic(body), []));
    }

    /// <summary>Whether the body asks Hermes to pass it on to TNS or GCN, which it does before it publishes: repeated, it would go there twice.</summary>
    public static bool IsForwarded(ReadOnlySpan<byte> body)
    {
        try
        {
            return WireReader.Read(body) is WireObject message
                && (PythonText.IsTruthy(message.Get("submit_to_tns")) || PythonText.IsTruthy(message.Get("submit_to_gcn")));
        }
        catch (WireFormatException)
        {
            return true;
        }
    }

    private static WireObject Read(string text)
    {
        try
        {
            return WireReader.Read(text) as WireObject ?? throw Refused(["it is JSON, but no object"]);
        }
        catch (WireFormatException fault)
        {
            throw Refused([$"it is not JSON: {fault.Message}"]);
        }
    }

    private static HermesVerdict.Valid Check(WireObject body, HermesCheck check)
    {
        byte[] bytes;
        try
        {
            bytes = WireWriter.ToTopic(body);
        }
        catch (EncoderFallbackException)
        {
            throw Refused(["it holds half a surrogate pair, which is no character"]);
        }

        return check.Check(bytes) switch
        {
            HermesVerdict.Valid valid => valid,
            HermesVerdict.Refused refused => throw Refused(HermesFieldErrors.Lines(refused.Errors, body)),
            HermesVerdict.Crash crash => throw Refused([$"Hermes would fail on {crash.Reason}"]),
            HermesVerdict.Unreadable unreadable => throw Refused([unreadable.Reason]),
            var other => throw new InvalidOperationException($"no rule for {other.GetType().Name}"),
        };
    }

    private static WireObject WithKey(WireObject body, string? topic, Guid key)
    {
        if (topic is not null)
        {
            if (body.Get("topic") is { } said && PythonText.Str(said) != topic)
            {
                throw Refused([$"topic: it says {PythonText.Str(said)}, and {topic} was ordered"]);
            }

            body["topic"] = topic;
        }

        // What is no object is left for the check to refuse.
        var data = body.TryGetValue("data", out var given) ? given as WireObject : new WireObject();
        if (data is null)
        {
            return body;
        }

        if (data.Get("extra_data") is { } other and not WireObject)
        {
            throw Refused([$"data.extra_data: {PythonText.TypeName(other)}, and the key by which it is known again goes there: make it an object"]);
        }

        var extra = data.Get("extra_data") as WireObject ?? [];
        extra[HermesMessage.ExtraDataName] = new WireObject { ["submission"] = key.ToString("D") };
        data["extra_data"] = extra;
        body["data"] = data;
        return body;
    }

    private static IEnumerable<WireObject> Rows(WireObject data, string table) => (data.Get(table) as WireList ?? []).OfType<WireObject>();

    private static TomException Refused(IReadOnlyList<string> lines) => new(TomFault.Invalid, $"This cannot be shared: {string.Join("; ", lines.Select(OneLine.Of))}");
}
