using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TomOrleans.Alerts;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Interfaces.Tests;

/// <summary>What crosses the wire comes out as it went in.</summary>
public sealed class WireRoundTripTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public void A_point_with_all_its_members_survives()
    {
        var point = new PhotometryPoint
        {
            Time = new(1_782_875_045_123_456, TimeForm.ModifiedJulianDate, "61222.1278"),
            Bandpass = "g",
            Telescope = "1m0a",
            Instrument = "fa16",
            Brightness = 0.0,
            BrightnessError = 0.02,
            BrightnessUnit = BrightnessUnit.AbMagnitude,
            LimitingBrightness = 20.5,
            LimitingBrightnessError = 0.1,
            LimitingBrightnessUnit = BrightnessUnit.VegaMagnitude,
            ExposureSeconds = 120,
            Origin = "survey-robot",
            MeasurementId = "169641461369274412",
            Provenance = new(new("hopskotch", "hermes.test", 3, 4711), Guid.NewGuid(), "survey-robot", 1_782_875_046_000_000),
            IsRetracted = true,
            OtherRevisions = 2,
            LimitSigma = 5,
            Observer = "N. N.",
            Comments = "through clouds",
            OtherOrigins = 1,
            Key = PointKeys.Format(-1, 2),
        };

        Assert.Equal(point, RoundTrip(point));
    }

    [Fact]
    public void A_refusal_keeps_its_fault_and_its_words()
    {
        var read = RoundTrip(new TomException(TomFault.Ambiguous, "'M31' fits M31 and NGC 224."));

        Assert.Equal((TomFault.Ambiguous, "'M31' fits M31 and NGC 224."), (read.Fault, read.Message));
    }

    [Fact]
    public void Parked_verdicts_keep_their_rows()
    {
        var outcome = new HandlerOutcome([Verdict.Handled, Verdict.Ignored("test message"), Verdict.Parked("1 of 2 rows", [new("data.photometry[1].brightness", "not a number")])]);

        var read = RoundTrip(outcome);

        Assert.Equal([Fate.Handled, Fate.Ignored, Fate.Parked], read.Verdicts.Select(verdict => verdict.Fate));
        Assert.Equal("data.photometry[1].brightness: not a number", Assert.Single(read.Verdicts[2].Faults).ToString());
    }

    [Fact]
    public void Headers_and_bytes_survive()
    {
        var record = new MessageRecord(7, 1, null, [0, 255], [new("_id", new byte[] { 1, 2, 3 })]);

        var read = RoundTrip(new RecordBatch(new(new("s", "t"), 0), [record], 8)).Records[0];

        Assert.Equal("00FF", Convert.ToHexString(read.Value!));
        Assert.Equal(("_id", "010203"), (read.Headers[0].Name, Convert.ToHexString(read.Headers[0].Value.Span)));
    }

    public void Dispose() => _services.Dispose();

    private T RoundTrip<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer<T>>();
        return serializer.Deserialize(serializer.SerializeToArray(value))!;
    }
}
