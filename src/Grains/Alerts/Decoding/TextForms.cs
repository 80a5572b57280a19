using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>Tells what kind of text a value is, or that it is bytes.</summary>
internal static class TextForms
{
    public static AlertFormat Of(ReadOnlySpan<byte> value, StatedFormat stated)
    {
        var begin = Framing.Begin(value);
        if (Framing.TextOrBytes(value) == AlertFormat.Text)
        {
            return XmlRoot.IsXml(begin) ? OfXml(begin, stated)
                : begin.StartsWith("TITLE:"u8) ? OfNotice(begin)
                : stated == StatedFormat.GcnText ? AlertFormat.GcnText
                : AlertFormat.Text;
        }

        // XML names its encoding itself, and it need not be UTF-8.
        return XmlRoot.IsXml(begin) && begin.StartsWith("<?xml"u8) && !Framing.HasControls(begin) ? OfXml(begin, stated) : AlertFormat.Bytes;
    }

    private static AlertFormat OfXml(ReadOnlySpan<byte> xml, StatedFormat stated) =>
        stated == StatedFormat.VoEvent || XmlRoot.LocalName(xml).SequenceEqual("VOEvent"u8) ? AlertFormat.VoEvent : AlertFormat.Xml;

    /// <summary>Circulars as they are mailed begin as notices do.</summary>
    private static AlertFormat OfNotice(ReadOnlySpan<byte> text)
    {
        var title = text["TITLE:"u8.Length..].TrimStart(" \t"u8);
        return title.StartsWith("GCN CIRCULAR"u8) ? AlertFormat.Circular : AlertFormat.GcnText;
    }
}
