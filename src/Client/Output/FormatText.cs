using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>Formats as the console names them.</summary>
internal static class FormatText
{
    /// <summary>Never null; a format that this console does not know yet by its number.</summary>
    public static string Of(AlertFormat format) => format switch
    {
        AlertFormat.GcnText => "gcn-text",
        AlertFormat.GcnBinary => "gcn-binary",
        AlertFormat.AvroFile => "avro-file",
        AlertFormat.AvroFrame => "avro-frame",
        AlertFormat.AvroDatum => "avro-record",
        _ => format.ToString().ToLowerInvariant(),
    };
}
