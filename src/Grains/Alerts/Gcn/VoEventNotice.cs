using System.Globalization;
using System.Xml;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// A notice as VOEvent 1.1 to 2.1: <c>&lt;voe:VOEvent ivorn="ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1123129-022" role="observation"&gt;</c> with <c>Who/Date</c>, <c>What/Param</c>
/// (<c>TrigID</c>, <c>GraceID</c>, <c>Pkt_Ser_Num</c>), <c>WhereWhen</c> and <c>Citations/EventIVORN</c>. Read as it streams by, without DTDs, and with prefixes that nobody
/// declared, which some have.
/// </summary>
internal static class VoEventNotice
{
    private const int MaxDepth = 64;
    private const int MostCites = 100;

    /// <summary>Null for XML that is no VOEvent. Throws <see cref="XmlException"/> for what is no XML.</summary>
    public static GcnNotice? Read(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var xml = new XmlTextReader(stream) { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Namespaces = false };
        if (xml.MoveToContent() != XmlNodeType.Element || Local(xml.Name) != "VOEvent" || GcnText.Name(xml.GetAttribute("ivorn")) is not { } ivorn)
        {
            return null;
        }

        var role = xml.GetAttribute("role");
        var found = Walk(xml);
        var isWave = found.Param("GraceID") is not null;
        return new()
        {
            Kind = KindOf(ivorn),
            Mission = isWave ? GcnText.Waves : GcnText.Mission(KindOf(ivorn).Split('/')[^1]),
            Ivorn = ivorn,
            EventId = GcnText.Name(found.Param("GraceID") ?? found.Param("TrigID") ?? RunAndEvent(found) ?? found.Param("event_id") ?? found.Param("AMON_ID")),
            Names = GcnText.Name(found.Param("Source_Name")) is { } source ? [source] : [],
            Version = GcnText.Name(found.Param("Pkt_Ser_Num") ?? found.Param("Rev")),
            Type = found.IsRetraction ? GcnAlertType.Retraction : GcnText.Type(found.Param("AlertType")),
            IsTest = role is "test" or "prediction" || (isWave && found.Param("GraceID") is ['M' or 'T', ..]),
            IsUtility = role is "utility",
            IssuedMicroseconds = GcnText.Time(found.Issued),
            EventMicroseconds = GcnText.Time(found.Seen),
            Position = GcnText.Position(Number(found.RightAscension), Number(found.Declination), Number(found.Error)),
            Cites = found.Cites,
        };
    }

    /// <summary>IceCube counts events in a run. Its texts say <c>134191_17593623</c> for what is <c>017593623</c> here.</summary>
    private static string? RunAndEvent(Content found) =>
        found.Param("run_id") is { } run && found.Param("event_id") is { } number ? $"{run.Trim().TrimStart('0')}_{number.Trim().TrimStart('0')}" : null;

    private static Content Walk(XmlTextReader xml)
    {
        var found = new Content();
        var path = new List<string>();
        var cite = "";
        while (xml.Read())
        {
            if (xml.Depth > MaxDepth)
            {
                throw new XmlException($"elements nested deeper than {MaxDepth}");
            }

            if (xml.NodeType == XmlNodeType.Element)
            {
                path.RemoveRange(Math.Min(path.Count, xml.Depth - 1), Math.Max(0, path.Count - (xml.Depth - 1)));
                path.Add(Local(xml.Name));
                cite = path[^1] == "EventIVORN" ? xml.GetAttribute("cite") ?? "" : cite;
                if (path[^1] == "Param" && xml.GetAttribute("name") is { } name && xml.GetAttribute("value") is { } value)
                {
                    found.Params.TryAdd(name, value);
                }
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && path.Count > 0)
            {
                Take(found, path, xml.Value.Trim(), cite);
            }
        }

        return found;
    }

    private static void Take(Content found, List<string> path, string text, string cite)
    {
        switch (path[^1])
        {
            case "Date" when path[0] == "Who":
                found.Issued ??= text;
                break;
            case "EventIVORN" when text.Length > 0 && found.Cites.Count < MostCites:
                found.Cites.Add(text);
                found.IsRetraction |= cite == "retraction";
                break;

            // The observatory has a place too: that of the telescope on Earth.
            case "ISOTime" or "C1" or "C2" or "Error2Radius" when path[0] == "WhereWhen" && !path.Contains("ObservatoryLocation"):
                found.TakePlace(path[^1], text);
                break;
            default:
                break;
        }
    }

    /// <summary>The ivorn's authority and mission: <c>nasa.gsfc.gcn/SWIFT</c>.</summary>
    private static string KindOf(string ivorn)
    {
        var start = ivorn.StartsWith("ivo://", StringComparison.Ordinal) ? "ivo://".Length : 0;
        var end = ivorn.IndexOf('#', StringComparison.Ordinal);
        return ivorn[start..(end < start ? ivorn.Length : end)];
    }

    private static string Local(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private sealed class Content
    {
        public Dictionary<string, string> Params { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Cites { get; } = [];

        public bool IsRetraction { get; set; }

        public string? Issued { get; set; }

        public string? Seen { get; private set; }

        public string? RightAscension { get; private set; }

        public string? Declination { get; private set; }

        public string? Error { get; private set; }

        public string? Param(string name) => Params.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

        public void TakePlace(string name, string text)
        {
            Seen ??= name == "ISOTime" ? text : null;
            RightAscension ??= name == "C1" ? text : null;
            Declination ??= name == "C2" ? text : null;
            Error ??= name == "Error2Radius" ? text : null;
        }
    }
}
