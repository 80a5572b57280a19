using System.Text.Json;
using System.Xml;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>Reads notices in GCN's JSON (IGWN's gravitational waves too, also as Avro), VOEvent and text. The packets of 160 bytes carry the same as the texts, and are not read. Pure; never throws.</summary>
public static class GcnNoticeReader
{
    /// <summary>Null for what is no notice, with the reason.</summary>
    public static GcnNotice? Read(Alert alert, out string? fault)
    {
        var content = GcnText.Content(alert);
        try
        {
            var notice = content switch
            {
                [(byte)'{', ..] => GcnJsonNotice.Read(content),
                [(byte)'<', ..] => VoEventNotice.Read(content),
                _ when AvroForms.IsFile(content) => AvroNotice.Read(content),
                _ when Framing.TextOrBytes(content) == AlertFormat.Text => GcnTextNotice.Read(GcnText.Lines(content)),
                _ => null,
            };
            fault = notice is not null ? null
                : alert.Format == AlertFormat.GcnBinary ? "no notice that can be read: a packet of 160 bytes; gcn.classic.text.* and gcn.classic.voevent.* say the same"
                : "no notice: it names no event, no time and no kind";
            return notice;
        }
        catch (Exception broken) when (broken is JsonException or XmlException or InvalidDataException)
        {
            fault = $"no notice: {FreeText.OneLine(broken.Message)}";
            return null;
        }
    }
}
