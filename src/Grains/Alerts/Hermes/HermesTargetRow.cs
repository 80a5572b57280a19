using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Makes a reported target of a row of the target table: <c>{"name": "AT2026abc", "ra": 33.2, "dec": 42.2, "aliases": ["ZTF26abc"],
/// ...}</c>. Coordinates that cannot be read for certain are null; only a target without a name is a fault.
/// </summary>
internal readonly ref struct HermesTargetRow
{
    private const int LongestAngle = 64;
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonSlice _name, _rightAscension, _declination, _aliases;

    /// <summary>Reads the row whose opening brace the reader stands on, up to its closing one.</summary>
    public HermesTargetRow(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        _json = json;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonName.Is(in reader, "name"u8))
            {
                _name = JsonSlice.Take(ref reader);
            }
            else if (JsonName.Is(in reader, "ra"u8))
            {
                _rightAscension = JsonSlice.Take(ref reader);
            }
            else if (JsonName.Is(in reader, "dec"u8))
            {
                _declination = JsonSlice.Take(ref reader);
            }
            else if (JsonName.Is(in reader, "aliases"u8))
            {
                _aliases = JsonSlice.Take(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>The target, or null and why its name cannot be read.</summary>
    public ReportedTarget? Read(out string? faultReason)
    {
        var fields = new JsonFields(_json);
        var name = fields.Text(_name, "name", InternTable.Names, numbersToo: false);
        faultReason = fields.Reason ?? name switch
        {
            null => _name.IsPresent ? "is empty" : "is missing",
            _ when !TargetNames.IsName(name) => $"{QuotedText.Of(name)} is no name of a target",
            _ => null,
        };
        if (faultReason is not null)
        {
            return null;
        }

        Span<char> angle = stackalloc char[LongestAngle];
        return new()
        {
            Name = name!,
            RightAscensionDegrees = SkyCoordinates.ParseRightAscension(Angle(_rightAscension, angle)),
            DeclinationDegrees = SkyCoordinates.ParseDeclination(Angle(_declination, angle)),
            Aliases = Aliases(),
        };
    }

    private ReadOnlySpan<char> Angle(JsonSlice slice, Span<char> buffer)
    {
        if (slice.Type is not (JsonTokenType.Number or JsonTokenType.String) || slice.Length > buffer.Length || slice.IsEscaped)
        {
            return slice.Text(_json);
        }

        return buffer[..Encoding.UTF8.GetChars(slice.In(_json), buffer)];
    }

    private ImmutableArray<string> Aliases()
    {
        if (_aliases.Type != JsonTokenType.StartArray)
        {
            return [];
        }

        var aliases = new RentedList<string>();
        try
        {
            var list = _aliases.In(_json);
            var reader = new Utf8JsonReader(list, new JsonReaderOptions { MaxDepth = HermesReader.MaxDepth });
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var alias = JsonSlice.Here(ref reader);
                if (alias.Type == JsonTokenType.String && new JsonFields(list).Text(alias, "aliases", InternTable.Names) is { } text)
                {
                    aliases.Add(text);
                }
            }

            return aliases.ToImmutable();
        }
        finally
        {
            aliases.Dispose();
        }
    }
}
