using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>Hermes messages as they stand on a topic, made by us.</summary>
public static class TestMessages
{
    /// <summary>A message with one detection. Targets are 1 degree apart in declination by their number.</summary>
    public static byte[] Hermes(string target, int number, DateTimeOffset time, double magnitude) => Hermes(target, number, JsonSerializer.Serialize(new
    {
        target_name = target,
        date_obs = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        telescope = "1m0a",
        instrument = "fa16",
        bandpass = "g",
        brightness = magnitude,
        brightness_error = 0.02,
        brightness_unit = "AB mag",
    }));

    /// <summary>A message with photometry rows given as JSON text, which need not be valid JSON.</summary>
    public static byte[] Hermes(string target, int number, params string[] rows)
    {
        var name = JsonSerializer.Serialize(target);
        var targets = string.Create(CultureInfo.InvariantCulture, $"{{\"name\": {name}, \"ra\": {number % 360}.5, \"dec\": {(number % 120) - 60}.25}}");
        var data = $"{{\"targets\": [{targets}], \"photometry\": [{string.Join(", ", rows)}]}}";
        return Encoding.UTF8.GetBytes($"{{\"title\": \"Test data\", \"topic\": \"alerts\", \"submitter\": \"robot\", \"authors\": \"\", \"message_text\": \"\", \"data\": {data}}}");
    }

    /// <summary>Headers in the order Hermes writes them; the id as 16 raw bytes.</summary>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> HopHeaders(Guid id, string sender, bool isTest = false)
    {
        List<KeyValuePair<string, byte[]>> headers =
        [
            new("_id", id.ToByteArray(bigEndian: true)),
            new("_format", "json"u8.ToArray()),
            new("_sender", Encoding.UTF8.GetBytes(sender)),
        ];
        if (isTest)
        {
            headers.Add(new("_test", "true"u8.ToArray()));
        }

        return headers;
    }
}
