using TomOrleans.Alerts;

namespace TomOrleans.Client.Commands;

/// <summary>
/// Picks out of page after page what was not shown yet. Two silos that keep messages at the same moment may finish in either order, so each page begins a little before the
/// last message shown.
/// </summary>
internal sealed class MessageFeed
{
    /// <summary>Messages of one page.</summary>
    public const int Window = 1_000;

    /// <summary>By how many numbers a page reaches back.</summary>
    private const int Back = 200;

    private readonly SortedSet<long> _shown = [];

    /// <summary>Where the next page begins.</summary>
    public long After => Math.Max(0, _shown.Max - Back);

    public IEnumerable<KeptMessage> New(IEnumerable<KeptMessage> page)
    {
        // A message below the first page's was there before, and was not asked for.
        var first = _shown.Count == 0 ? long.MinValue : _shown.Min;
        var fresh = page.Where(message => message.Number >= first && _shown.Add(message.Number)).ToList();
        while (_shown.Count > 4 * Window)
        {
            _shown.Remove(_shown.Min);
        }

        return fresh;
    }
}
