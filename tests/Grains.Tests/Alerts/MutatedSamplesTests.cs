using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Grains.Alerts.Gcn;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>The sample messages, damaged in every way that a transport, a disk or an enemy may: each becomes an alert, and can be shown.</summary>
public sealed class MutatedSamplesTests
{
    private const int Mutations = 50_000;
    private const int Seed = 20_261_125;

    /// <summary>Of larger files, this much of the start [bytes]: the rest is more of the same.</summary>
    private const int MostBytes = 100_000;

    /// <summary>Showing costs a hundred times what decoding does: a part is shown and read always, all in the long run.</summary>
    private const int ShownOneIn = 4;

    private static readonly string?[] Formats = [null, null, null, "json", "avro", "voevent", "circular", "gcntextnotice", "blob", "external", "\u0000"];

    [Fact]
    public void No_mutation_of_any_sample_makes_the_decoder_or_a_reader_fail() => Mutate(SharedSamples(), Mutations, ShownOneIn);

    [Fact, Trait("Category", "Long")]
    public void No_mutation_of_any_sample_makes_any_reader_fail() => Mutate(SharedSamples(), Mutations, shownOneIn: 1);

    [Fact]
    public void No_mutation_of_our_own_samples_does() => Mutate(OwnSamples.All, Mutations / 5, ShownOneIn);

    private static byte[][] SharedSamples()
    {
        var found = SharedData.Find(".");
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        return [.. ListedSample.All.Select(sample => Start(Path.Combine(found.Path!, sample.File)))];
    }

    private static void Mutate(byte[][] samples, int mutations, int shownOneIn)
    {
        var random = new Random(Seed);
        var formats = new HashSet<AlertFormat>();
        for (var i = 0; i < mutations; i++)
        {
            var value = Mutated(samples[i % samples.Length], samples, random);
            var stated = Formats[random.Next(Formats.Length)];
            ImmutableArray<MessageHeader> headers = stated is null ? [] : [Header("_format", stated)];
            var key = random.Next(20) == 0 ? samples[random.Next(samples.Length)] : null;

            var alert = MessageDecoder.Decode(Record(value, headers) with { Key = key }, Partition);

            formats.Add(alert.Format);
            Assert.False(alert.Fault?.StartsWith("the decoder failed", StringComparison.Ordinal) ?? false, $"mutation {i}: {alert.Fault}");
            if (i % shownOneIn == 0)
            {
                var text = ReadableText.Of(alert);
                Assert.False(text.StartsWith("cannot be shown", StringComparison.Ordinal), $"mutation {i}: {text}");
                Assert.InRange(text.Length, 1, ReadableText.Longest + 200);
                Assert.False(MessageTitle.Of(alert)?.Any(char.IsControl) ?? false);
                Assert.Equal(GcnCircularReader.Read(alert, out var noCircular) is null, noCircular is not null);
                Assert.Equal(GcnNoticeReader.Read(alert, out var noNotice) is null, noNotice is not null);
            }
        }

        Assert.Equal(Enum.GetValues<AlertFormat>(), formats.Order());
    }

    private static byte[] Start(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.Length > MostBytes ? bytes[..MostBytes] : bytes;
    }

    private static byte[] Mutated(byte[] sample, byte[][] others, Random random)
    {
        var value = sample.AsSpan().ToArray();
        for (var changes = random.Next(1, 9); changes > 0 && value.Length > 0; changes--)
        {
            var at = Place(value.Length, random);
            switch (random.Next(7))
            {
                case 0:
                    value[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    value[at] = (byte)random.Next(256);
                    break;
                case 2:
                    // What lengths and counts are made of.
                    value.AsSpan(at, Math.Min(random.Next(1, 11), value.Length - at)).Fill((byte)(random.Next(2) == 0 ? 0xFF : 0));
                    break;
                case 3:
                    value = value[..at];
                    break;
                case 4:
                    value = [.. value.AsSpan(0, at), .. value.AsSpan(Math.Min(value.Length, at + random.Next(1, 100)))];
                    break;
                case 5:
                    value = [.. value.AsSpan(0, at), .. "{}[]\",:\\<>&?!-NIetf 0\n\r\0"u8[random.Next(24)..], .. value.AsSpan(at)];
                    break;
                default:
                    var other = others[random.Next(others.Length)];
                    var from = random.Next(Math.Max(1, other.Length));
                    value = [.. value.AsSpan(0, at), .. other.AsSpan(from, Math.Min(200, other.Length - from)), .. value.AsSpan(at)];
                    break;
            }
        }

        return value;
    }

    /// <summary>The start of a message says most about it.</summary>
    private static int Place(int length, Random random) => random.Next(2) == 0 ? random.Next(length) : random.Next(Math.Min(length, 64));
}
