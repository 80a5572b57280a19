using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>
/// What the head of an ECSV file says: delimiter, units, and what its times count. That stands in the table's facts (<c>meta: {timescale: tai}</c>, or the FITS keyword <c>TIMESYS</c>), or, where
/// astropy wrote a column of its class Time, beside that column's name.
/// </summary>
/// <remarks><c># meta: !!omap</c>, <c># - __serialized_columns__:</c>, <c>#     t: {__class__: astropy.time.core.Time, format: mjd, scale: tai, value: !astropy.table.SerializedColumn {name: t}}</c>.</remarks>
internal sealed class EcsvHead
{
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _scales = new(StringComparer.Ordinal);
    private string? _scale;

    private EcsvHead()
    {
    }

    public char Delimiter { get; private set; } = ' ';

    /// <summary>Throws <see cref="UnreadableFileException"/>.</summary>
    public static EcsvHead Read(string yaml)
    {
        var head = new EcsvHead();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            {
                throw new UnreadableFileException("has an ECSV head that is no YAML mapping");
            }

            head.Take(root);
        }
        catch (YamlException fault)
        {
            throw new UnreadableFileException($"has an ECSV head that is no YAML (line {fault.Start.Line})");
        }

        return head;
    }

    /// <summary>As stated; null where none is.</summary>
    public string? Unit(string column) => _units.GetValueOrDefault(column);

    /// <inheritdoc cref="Unit"/>
    public string? TimeScale(string column) => _scales.GetValueOrDefault(column) ?? _scale;

    private void Take(YamlMappingNode root)
    {
        if (Find(root, "delimiter") is YamlScalarNode { Value: [var character] })
        {
            Delimiter = character;
        }

        foreach (var column in Find(root, "datatype") is YamlSequenceNode columns ? columns.OfType<YamlMappingNode>() : [])
        {
            if (Find(column, "name") is { } name && Find(column, "unit") is { } unit)
            {
                _units[name.ToString()] = unit.ToString();
            }
        }

        // A mapping, or a list of mappings with one fact each.
        IEnumerable<KeyValuePair<YamlNode, YamlNode>> facts = Find(root, "meta") switch
        {
            YamlMappingNode mapping => mapping.Children,
            YamlSequenceNode list => list.OfType<YamlMappingNode>().SelectMany(mapping => mapping.Children),
            _ => [],
        };
        foreach (var (name, fact) in facts)
        {
            switch (name.ToString())
            {
                case "__serialized_columns__" when fact is YamlMappingNode written:
                    TakeWritten(written);
                    break;
                case var key when fact is YamlScalarNode { Value: { Length: > 0 } scale } && key.ToUpperInvariant() is "TIMESCALE" or "TIME_SCALE" or "TIMESYS":
                    _scale = scale;
                    break;
            }
        }
    }

    private void TakeWritten(YamlMappingNode columns)
    {
        foreach (var (name, column) in columns.Children)
        {
            if (column is YamlMappingNode written && Find(written, "scale") is YamlScalarNode { Value: { Length: > 0 } scale })
            {
                _scales[Find(written, "value") is YamlMappingNode value && Find(value, "name") is { } own ? own.ToString() : name.ToString()] = scale;
            }
        }
    }

    private static YamlNode? Find(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(key, out var value) ? value : null;
}
