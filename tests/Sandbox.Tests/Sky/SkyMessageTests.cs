using System.Text;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.HermesRules.Validation;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Sandbox.Tests.Sky;

public sealed class SkyMessageTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 12, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_message_is_valid_and_already_in_the_form_in_which_Hermes_publishes()
    {
        var publisher = new RecordingPublisher();
        await new SkyPublisher(publisher, new SkyPublisherOptions { TimeProvider = new FakeTimeProvider(Start) }).PublishHistoryAsync();

        Assert.NotEmpty(publisher.Messages);
        Assert.All(publisher.Messages.Concat(new SimulatedLoad(1, 100, Start).Messages(200, "hermes.load")), AssertNormal);
    }

    [Fact]
    public void Some_rows_are_in_millijansky_and_their_limits_too()
    {
        var rows = Rows(new SkySimulator(1, Start).History().Select(v => SkyMessage.From(v, "t", "s"))).ToList();

        var fluxes = rows.Where(r => (string)r["brightness_unit"]! == "mJy").ToList();
        Assert.InRange(fluxes.Count, rows.Count / 10, rows.Count / 2);
        Assert.All(fluxes, r => Assert.Equal("mJy", r["limiting_brightness_unit"]));
        Assert.All(fluxes.Where(r => r.ContainsKey("limiting_brightness")), r => Assert.InRange((double)r["limiting_brightness"]!, 0.003, 0.05));
        Assert.All(fluxes.Where(r => r.ContainsKey("brightness")), r => Assert.InRange((double)r["brightness"]! / (double)r["brightness_error"]!, 4, 220));
    }

    [Fact]
    public void Magnitude_and_flux_meet_at_the_AB_zero_point()
    {
        Assert.Equal(3631e3, PhotometricNoise.Millijansky(0), 1e-6);
        Assert.Equal(0.03631, PhotometricNoise.Millijansky(20), 1e-12);
    }

    [Fact]
    public void Load_is_repeatable_numbered_and_of_the_size_of_real_messages()
    {
        var load = new SimulatedLoad(7, 300, Start);
        var messages = load.Messages(1000, "hermes.load").ToList();

        Assert.Equal(300, load.Targets.Select(t => t.Name).Distinct().Count());
        Assert.InRange(messages.Average(m => m.Value.Length), 1000, 1250);
        Assert.Equal(messages.Select(m => m.Id), new SimulatedLoad(7, 300, Start).Messages(1000, "hermes.load").Select(m => m.Id));
        Assert.Equal(1000, messages.Select(m => m.Id).Distinct().Count());
        Assert.Contains("\"simulated_number\": 999", Encoding.UTF8.GetString(messages[999].Value.Span), StringComparison.Ordinal);
        Assert.True(load.Messages(5, "hermes.load", first: 400).First().Value.Span.SequenceEqual(messages[400].Value.Span));
    }

    [Fact]
    public void Names_count_on_beyond_three_letters()
    {
        Assert.Equal(["SN 2026aaa", "SN 2026aab", "SN 2026zzz", "SN 2026aaaa"],
            new[] { 0, 1, 17575, 17576 }.Select(i => TransientName.Of("SN", 2026, i)));
    }

    private static void AssertNormal(HopMessage message)
    {
        var outcome = new MessageTable(_ => false, testTopicsOnly: false).Check(WireReader.Read(message.Value.Span));
        Assert.False(outcome.Failed, outcome.Failed ? Encoding.UTF8.GetString(WireWriter.ToAnswer(outcome.Error)) : "");
        Assert.Equal(Encoding.UTF8.GetString(message.Value.Span), Encoding.UTF8.GetString(WireWriter.ToTopic(outcome.Value)));
    }

    private static IEnumerable<WireObject> Rows(IEnumerable<HopMessage> messages) => messages
        .Select(m => (WireObject)WireReader.Read(m.Value.Span)!)
        .SelectMany(m => (WireList)((WireObject)m["data"]!)["photometry"]!)
        .Cast<WireObject>();
}
