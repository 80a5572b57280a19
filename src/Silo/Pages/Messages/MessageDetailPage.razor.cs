using Microsoft.AspNetCore.Components;
using TomOrleans.Alerts;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Messages;

/// <summary>One message of the log: headers, bytes, what it says, its fates, what came of it.</summary>
public sealed partial class MessageDetailPage : LivePage
{
    private readonly Pacing _pacing = new(beats: 5);
    private MessageDetail? _detail;
    private string? _shownId;

    /// <summary><c>stream/topic/partition/offset</c>, or the hop message id.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (_shownId != Id)
        {
            _detail = null;
        }

        // What became of it can change; what it is does not.
        if (_shownId == Id && !_pacing.IsDue(isChanged))
        {
            return false;
        }

        var before = _detail;
        _detail = await Grains.Messages().GetAsync(Id);
        _shownId = Id;
        return before is null || !IsSame(before, _detail);
    }

    protected override Task OnParametersSetAsync() => IsLoaded && Id != _shownId ? LookNowAsync() : Task.CompletedTask;

    private static bool IsSame(MessageDetail before, MessageDetail after) =>
        before.Fates.SequenceEqual(after.Fates) && before.Points.Length == after.Points.Length && before.Spectra.Length == after.Spectra.Length
        && before.SkyEvents.SequenceEqual(after.SkyEvents);
}
