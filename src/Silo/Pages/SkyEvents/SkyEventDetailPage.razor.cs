using System.Globalization;
using Microsoft.AspNetCore.Components;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.SkyEvents;

namespace TomOrleans.Silo.Pages.SkyEvents;

/// <summary>One event: what one of its versions says, all versions, the targets it has to do with.</summary>
public sealed partial class SkyEventDetailPage : LivePage
{
    private readonly Pacing _pacing = new(beats: 5);
    private SkyEventDetail? _detail;
    private (string Id, int? Version) _shown;

    /// <summary>Id, or a name that it alone has.</summary>
    [Parameter] public string Id { get; set; } = "";

    /// <summary>Which version's text; absent for the latest.</summary>
    [SupplyParameterFromQuery] private int? Version { get; set; }

    private string Cone => _detail?.Event.Position is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"tom targets --cone {place.RightAscensionDegrees:0.######},{place.DeclinationDegrees:0.######},{place.ErrorDegrees:0.####}")
        : "";

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (_shown.Id != Id)
        {
            _detail = null;
        }

        if (_shown == (Id, Version) && !_pacing.IsDue(isChanged))
        {
            return false;
        }

        _detail = await Grains.SkyEvents().GetAsync(Id, Version);
        _shown = (Id, Version);
        return true;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;
}
