using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Silo.Pages.Messages;

/// <summary>Addresses of the message log's pages, relative to the site.</summary>
public static class MessageLinks
{
    public static string ToTopic(TopicName topic) => $"messages?topic={Uri.EscapeDataString(topic.ToString())}";

    public static string To(MessageLocation message) => string.Create(
        CultureInfo.InvariantCulture,
        $"messages/{Uri.EscapeDataString(message.Stream)}/{Uri.EscapeDataString(message.Topic)}/{message.Partition}/{message.Offset}");
}
