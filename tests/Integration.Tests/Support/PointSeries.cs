using System.Globalization;
using System.Text;
using TomOrleans.Integration.Tests.MainJob;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>
/// Messages of one point each, by number: spread over targets, each point with a time of its own. A point's text is how the database is read back: target, time [s since 1970], magnitude.
/// </summary>
public static class PointSeries
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the points that are stored, every revision too, as texts of a series.</summary>
    public const string Query = "select target.name, photometry.time_us / 1000000, photometry.value from photometry join target on target.id = photometry.target_id";

    public static string TextOf(string target, long seconds, double magnitude) => string.Create(CultureInfo.InvariantCulture, $"{target} {seconds} {magnitude:F2}");

    /// <param name="number">Of the message in the series.</param>
    /// <param name="targets">How many there are.</param>
    /// <param name="partition">Null: the target's.</param>
    public static (string Point, OutgoingRecord Record) Message(int number, int targets, int? partition = null)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"AT 2026t{number % targets:D3}");
        var time = Start.AddSeconds(number);
        var magnitude = 15 + (number % 500 / 100.0);
        return (TextOf(target, time.ToUnixTimeSeconds(), magnitude), new OutgoingRecord
        {
            Key = Encoding.UTF8.GetBytes(target),
            Value = TestMessages.Hermes(target, number % targets, time, magnitude),
            Headers = TestMessages.HopHeaders(Guid.NewGuid(), "survey-robot"),
            Partition = partition,
        });
    }
}
