using System.Text;
using Avro;
using TomOrleans.Grains.Alerts.Decoding.Reading;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>
/// Writes Avro values as JSON for a person: bytes, long texts and long lists shortened, NaN as it is, logical types as the numbers they are. How much is written and
/// how deep it goes is bounded whatever schema and bytes say; what is not shown is read all the same, so that the end is found.
/// </summary>
internal ref struct AvroJson(ReadOnlySpan<byte> datum, IndentedJson json)
{
    private const int MaxDepth = 64;
    private const int MostListed = 100;
    private const int BytesShown = 16;

    /// <summary>More than any message has: nulls and empty records take no bytes, so that a few bytes can announce any number of them.</summary>
    private const int MostValues = 2_000_000;

    private AvroBytes _bytes = new(datum);
    private int _values;
    private int _hidden;

    public readonly int Left => _bytes.Left;

    private readonly bool IsShown => _hidden == 0;

    /// <summary>Writes the next value. Throws <see cref="InvalidDataException"/> where the bytes do not fit the schema; what came before is written.</summary>
    public void Write(Schema schema) => Write(schema, 0);

    private void Write(Schema schema, int depth)
    {
        if (depth > MaxDepth)
        {
            throw _bytes.Broken($"values nested deeper than {MaxDepth}");
        }

        if (++_values > (IsShown ? MostValues / 10 : MostValues))
        {
            throw _bytes.Broken("too many values");
        }

        switch (schema)
        {
            case LogicalSchema logical:
                Write(logical.BaseSchema, depth + 1);
                break;
            case RecordSchema record:
                WriteRecord(record, depth);
                break;
            case UnionSchema union:
                Write(union[Index(union.Count)], depth + 1);
                break;
            case ArraySchema array:
                WriteItems(array.ItemSchema, isMap: false, depth);
                break;
            case MapSchema map:
                WriteItems(map.ValueSchema, isMap: true, depth);
                break;
            case EnumSchema symbols:
                WriteText(symbols[Index(symbols.Count)]);
                break;
            case FixedSchema bytes:
                WriteBytes(_bytes.Take(bytes.Size));
                break;
            default:
                WritePrimitive(schema.Tag);
                break;
        }
    }

    private void WriteRecord(RecordSchema record, int depth)
    {
        Start('{');
        foreach (var field in record.Fields)
        {
            Name(field.Name);
            Write(field.Schema, depth + 1);
        }

        End('}');
    }

    private void WriteItems(Schema item, bool isMap, int depth)
    {
        Start(isMap ? '{' : '[');
        long written = 0;
        var hidden = _hidden;
        for (var count = _bytes.BlockCount(); count > 0; count = _bytes.BlockCount())
        {
            for (var left = count; left > 0; left--)
            {
                if (_hidden == hidden && (written >= MostListed || json.IsFull))
                {
                    _hidden++;
                }

                written += IsShown ? 1 : 0;
                if (isMap)
                {
                    var name = _bytes.Bytes();
                    Name(IsShown ? Encoding.UTF8.GetString(name) : "");
                }

                Write(item, depth + 1);
            }
        }

        var isCut = _hidden > hidden;
        _hidden = hidden;
        if (isCut)
        {
            if (isMap)
            {
                Name("...");
            }

            WriteText("more that is not shown");
        }

        End(isMap ? '}' : ']');
    }

    private void WritePrimitive(Schema.Type type)
    {
        switch (type)
        {
            case Schema.Type.Null:
                Raw("null");
                break;
            case Schema.Type.Boolean:
                Raw(_bytes.Boolean() ? "true" : "false");
                break;
            case Schema.Type.Int or Schema.Type.Long:
                Raw(_bytes.Long().ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case Schema.Type.Float:
                Raw(NumberText.Of(_bytes.Float()));
                break;
            case Schema.Type.Double:
                Raw(NumberText.Of(_bytes.Double()));
                break;
            case Schema.Type.Bytes:
                WriteBytes(_bytes.Bytes());
                break;
            case Schema.Type.String:
                var text = _bytes.Bytes();
                if (IsShown)
                {
                    WriteText(Encoding.UTF8.GetString(text));
                }

                break;
            default:
                throw _bytes.Broken($"no reader for {type}");
        }
    }

    private int Index(int count)
    {
        var index = _bytes.Long();
        return index >= 0 && index < count ? (int)index : throw _bytes.Broken($"choice {index} of {count}");
    }

    private readonly void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (IsShown)
        {
            var start = Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, BytesShown)]);
            json.Text(bytes.Length > BytesShown ? $"0x{start}... ({bytes.Length:N0} bytes)" : $"0x{start}");
        }
    }

    private readonly void WriteText(string text)
    {
        if (IsShown)
        {
            json.Text(text);
        }
    }

    private readonly void Raw(string text)
    {
        if (IsShown)
        {
            json.Raw(text);
        }
    }

    private readonly void Name(string name)
    {
        if (IsShown)
        {
            json.Name(name);
        }
    }

    private readonly void Start(char bracket)
    {
        if (IsShown)
        {
            json.Start(bracket);
        }
    }

    private readonly void End(char bracket)
    {
        if (IsShown)
        {
            json.End(bracket);
        }
    }
}
