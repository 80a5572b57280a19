using TomOrleans.Alerts;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Formats of messages in words.</summary>
public static class FormatText
{
    public static string Of(AlertFormat format) => format switch
    {
        AlertFormat.Json => "JSON",
        AlertFormat.Xml => "XML",
        AlertFormat.VoEvent => "VOEvent",
        AlertFormat.GcnText => "GCN text",
        AlertFormat.GcnBinary => "GCN packet",
        AlertFormat.AvroFile => "Avro file",
        AlertFormat.AvroFrame => "Avro, framed",
        AlertFormat.AvroDatum => "Avro record",
        _ => format.ToString(),
    };
}
