using System.Text.Json;
using Confluent.Kafka;

namespace TomOrleans.Bench.Raw;

/// <summary>What R3 keeps of a photometry row.</summary>
internal readonly record struct LeanRow(
    string? Target, DateTime Time, string? Telescope, string? Instrument, string? Bandpass, string? Unit, double Brightness, double Error, double Limit);

/// <summary>
/// About the least that reading a message can cost in C#: straight from librdkafka's buffer, one pass, repeated words interned, rows without a check. It has no answer to
/// anything but well-formed messages; it is here to tell how far from that the rest is.
/// </summary>
internal sealed class LeanHermes : IDeserializer<LeanRow[]>
{
    private readonly LeanWords _words = new();
    private readonly List<LeanRow> _rows = [];

    public LeanRow[] Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        _rows.Clear();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("data"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("photometry"u8))
                {
                    ReadRows(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return [.. _rows];
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            _rows.Add(ReadRow(ref reader));
        }
    }

    private LeanRow ReadRow(ref Utf8JsonReader reader)
    {
        string? target = null, telescope = null, instrument = null, bandpass = null, unit = null;
        DateTime time = default;
        double brightness = double.NaN, error = double.NaN, limit = double.NaN;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (name.SequenceEqual("target_name"u8))
            {
                target = Word(ref reader);
            }
            else if (name.SequenceEqual("date_obs"u8))
            {
                reader.Read();
                time = reader.GetDateTime();
            }
            else if (name.SequenceEqual("telescope"u8))
            {
                telescope = Word(ref reader);
            }
            else if (name.SequenceEqual("instrument"u8))
            {
                instrument = Word(ref reader);
            }
            else if (name.SequenceEqual("bandpass"u8))
            {
                bandpass = Word(ref reader);
            }
            else if (name.SequenceEqual("brightness_unit"u8))
            {
                unit = Word(ref reader);
            }
            else if (name.SequenceEqual("brightness"u8))
            {
                brightness = Number(ref reader);
            }
            else if (name.SequenceEqual("brightness_error"u8))
            {
                error = Number(ref reader);
            }
            else if (name.SequenceEqual("limiting_brightness"u8))
            {
                limit = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new(target, time, telescope, instrument, bandpass, unit, brightness, error, limit);
    }

    private string Word(ref Utf8JsonReader reader)
    {
        reader.Read();
        return _words.Get(reader.ValueSpan);
    }

    private static double Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetDouble();
    }
}
