using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// The rows of one table of a message, good and bad. A bad row harms no other; a table that is no list makes the whole message a
/// fault.
/// </summary>
internal ref struct HermesTable<T>(string path)
{
    /// <summary>
    /// More than a person reads. Beyond it rows are only counted, so that no message can make us hold many times its
    /// size.
    /// </summary>
    private const int MostFaults = 500;

    private RentedList<T> _rows;
    private RentedList<RowFault> _faults;
    private int _unlisted;

    public readonly ImmutableArray<T> Rows => _rows.ToImmutable();

    public readonly Span<T> Items => _rows.Items;

    public readonly ReadOnlySpan<RowFault> Faults => _faults.Items;

    /// <summary>Why the table as a whole cannot be read; null when it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Moves the reader from the table's key to its opening bracket. False when there is no list; then the reader is past the
    /// value.
    /// </summary>
    public bool Begin(ref Utf8JsonReader reader)
    {
        Clear();
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return true;
        }

        Fault = reader.TokenType == JsonTokenType.Null
            ? null
            : $"{path} is {JsonSlice.Kind(reader.TokenType)}, not a list (byte {reader.TokenStartIndex})";
        reader.Skip();
        return false;
    }

    /// <summary>Moves the reader to the next row that is an object. False at the end of the table.</summary>
    public bool Next(ref Utf8JsonReader reader, ref int index)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            index++;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            AddFault(index, null, $"is {JsonSlice.Kind(reader.TokenType)}, not an object");
            reader.Skip();
        }

        return false;
    }

    public void Add(T row) => _rows.Add(row);

    public void AddFault(int index, string? field, string reason)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new(field is null ? $"{path}[{index}]" : $"{path}[{index}].{field}", reason));
            return;
        }

        _unlisted++;
        _faults.Items[MostFaults - 1] = new(path, $"{_unlisted + 1} more rows cannot be read");
    }

    public void Clear()
    {
        _rows.Clear();
        _faults.Clear();
        (_unlisted, Fault) = (0, null);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _faults.Dispose();
    }
}
