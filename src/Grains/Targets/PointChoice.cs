using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From keys as people give them to the stored values they mean. Pure.</summary>
internal static class PointChoice
{
    /// <summary>Throws <see cref="TomException"/> for a text that is no key, or a key that nothing has.</summary>
    public static IReadOnlyCollection<(long Identity, long Content)> Of(ImmutableArray<string> keys, ImmutableArray<PointHistory> history)
    {
        var all = history.Select(entry => (Entry: entry, Key: Read(entry.Point.Key!), Shown: Read(entry.ShownAs))).ToList();
        var chosen = new HashSet<(long, long)>();
        foreach (var text in keys)
        {
            if (!PointKeys.TryParse(text, out var identity, out var content))
            {
                throw new TomException(TomFault.Invalid, $"{QuotedText.Of(text)} is no key of a point: that is 16 hexadecimal digits, or twice as many with a point between, as --revisions shows.");
            }

            // A measurement is all that is shown as one: every value by every origin.
            var shown = all.Where(value => value.Key.Identity == identity).Select(value => value.Shown).FirstOrDefault();
            var meant = all.Where(value => content is { } only ? value.Key == (identity, only) : value.Shown == shown).Select(value => value.Key).ToList();
            if (meant.Count == 0)
            {
                throw new TomException(TomFault.NotFound, $"The target has no point {QuotedText.Of(text)}; --revisions shows the keys of all.");
            }

            chosen.UnionWith(meant);
        }

        return chosen;
    }

    private static (long Identity, long Content) Read(string key) =>
        PointKeys.TryParse(key, out var identity, out var content) ? (identity, content!.Value) : throw new FormatException(key);
}
