using System.Buffers;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Paths of keys as people read them: <c>ALERT_STREAMS[0].OPTIONS.TOPIC_HANDLERS["hermes.*"]</c>.</summary>
internal static class SettingPath
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static string Below(string path, string key)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(Plain))
        {
            return $"{path}[\"{ShownText.Escape(key)}\"]";
        }

        return path.Length == 0 ? key : $"{path}.{key}";
    }

    public static string Item(string path, int index) => $"{path}[{index}]";
}
