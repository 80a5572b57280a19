using Microsoft.AspNetCore.Components;
using TomOrleans.Alerts;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Silo.Pages.Text;

namespace TomOrleans.Silo.Pages.Messages;

/// <summary>The message log, a page at a time. Pages are counted from a message, not from the newest one: what comes meanwhile moves nothing.</summary>
public sealed partial class MessageList : LivePage
{
    private const int PageSize = 50;

    /// <summary>Each of the messages is decoded for its title.</summary>
    private readonly Pacing _pacing = new(beats: 5);

    /// <summary>Newest first; null until the first answer.</summary>
    private List<KeptMessage>? _messages;
    private MessageQuery? _shown;
    private bool _keeps = true;
    private bool _hasOlder;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Topic name with or without its stream.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    /// <summary>A day, <c>2026-11-01</c>.</summary>
    [SupplyParameterFromQuery] private string? Since { get; set; }

    /// <summary>Only messages older than the one with this number.</summary>
    [SupplyParameterFromQuery] private long? Before { get; set; }

    /// <summary>Only messages newer than the one with this number.</summary>
    [SupplyParameterFromQuery] private long? After { get; set; }

    private bool IsNewest => Before is null && After is null;

    /// <summary>Those that are read now, and the one that is asked for.</summary>
    private IEnumerable<string> Topics => (Tom?.Streams ?? []).SelectMany(stream => stream.Topics).Select(topic => topic.Name.ToString())
        .Concat(string.IsNullOrEmpty(Topic) ? [] : [Topic]).Distinct().Order(StringComparer.Ordinal);

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        var query = new MessageQuery
        {
            Topic = string.IsNullOrEmpty(Topic) ? null : Topic,
            SinceMicroseconds = DayText.Begin(Since),
            Before = Before,
            After = After,
            Limit = PageSize,
        };
        if (query == _shown && !(_pacing.IsDue(isChanged) && IsNewest))
        {
            return false;
        }

        var page = await Grains.Messages().ListAsync(query);
        (_shown, _messages, _keeps) = (query, [.. page.Messages.Reverse()], page.Keeps);
        _hasOlder = _messages.Count == PageSize || (After is not null && _messages.Count > 0);
        return true;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private void Go(string key, string? value) => Navigate(new() { [key] = string.IsNullOrEmpty(value) ? null : value, ["after"] = null, ["before"] = null });

    private void Turn(long? after, long? before) => Navigate(new() { ["after"] = after, ["before"] = before });

    private void Navigate(Dictionary<string, object?> changes) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes), replace: true);
}
