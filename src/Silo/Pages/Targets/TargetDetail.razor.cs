using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.LightCurves;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Silo.Pages.Text;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>One target: where it is, its light curve, its points.</summary>
public sealed partial class TargetDetail : LivePage
{
    /// <summary>A light curve is fetched and drawn at most once in this many seconds for each so many points, so that a large one that grows does not fill the line.</summary>
    private const int PointsPerSecond = 5_000;

    private const int BeatsPerDrawing = 10;

    private Target? _target;
    private string? _shownName;
    private ImmutableArray<PhotometryPoint> _points = [];
    private LightCurve _curve = LightCurve.Empty;
    private DateTimeOffset _fetchedAt;
    private bool _maySharePoints;
    private bool _mayChange;
    private string? _orderFault;
    private int _beat;

    /// <summary>Main name or alias.</summary>
    [Parameter] public string Name { get; set; } = "";

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private TargetOrders Orders { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _maySharePoints = await Visitor.MayAsync(TomRole.Sharer);
        _mayChange = await Visitor.MayAsync(TomRole.Contributor);
        await base.OnInitializedAsync();
    }

    protected override Task OnParametersSetAsync() => IsLoaded && Name != _shownName ? LookNowAsync() : Task.CompletedTask;

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (Name != _shownName)
        {
            (_shownName, _target, _curve, _points) = (Name, null, LightCurve.Empty, []);
        }

        var target = await FindAsync();
        if (_target is not null && IsSame(_target, target))
        {
            // Ages are shown, so the head is drawn anew now and then.
            return ++_beat % BeatsPerDrawing == 0;
        }

        if (_points.Length > 0 && Clock.GetUtcNow() - _fetchedAt < TimeSpan.FromSeconds((double)_points.Length / PointsPerSecond))
        {
            return false;
        }

        _points = await Grains.Target(target.Id).GetPhotometryAsync();
        (_target, _curve, _fetchedAt) = (target, LightCurve.Of(_points), Clock.GetUtcNow());
        return true;
    }

    /// <summary>The target as it is now. One that was merged or removed is looked up again by its name.</summary>
    private async Task<Target> FindAsync()
    {
        try
        {
            return _target is null ? await Grains.TargetDirectory().FindAsync(Name) : await Grains.Target(_target.Id).GetAsync();
        }
        catch (TomException refusal) when (_target is not null && refusal.Fault is TomFault.NotFound or TomFault.Gone)
        {
            return await Grains.TargetDirectory().FindAsync(Name);
        }
    }

    private static bool IsSame(Target before, Target after) =>
        before with { Aliases = after.Aliases, AliasOrdinals = after.AliasOrdinals, Extras = after.Extras, Lists = after.Lists } == after
        && before.Aliases.SequenceEqual(after.Aliases) && before.Extras.SequenceEqual(after.Extras) && before.Lists.SequenceEqual(after.Lists);

    private async Task EditAsync()
    {
        var dialog = await Dialogs.ShowAsync<TargetDialog>($"Edit {_target!.Name}", new DialogParameters<TargetDialog> { { dialog => dialog.Target, _target } });
        if (await dialog.Result is { Canceled: false })
        {
            await LookNowAsync();
        }
    }

    private async Task MergeAsync()
    {
        var dialog = await Dialogs.ShowAsync<MergeDialog>($"Merge {_target!.Name}", new DialogParameters<MergeDialog> { { dialog => dialog.Target, _target } });
        if (await dialog.Result is { Canceled: false, Data: TargetMerged merged })
        {
            Snackbar.Add($"Merged: {merged.Target.Name} has {CountText.Of(merged.Moved, "point", "points")} more. It can be undone for 30 days.", Severity.Success);
            Navigation.NavigateTo(TargetLinks.To(merged.Target.Name));
        }
    }

    private async Task RemoveAsync()
    {
        _orderFault = null;
        try
        {
            if (await Orders.RemoveAsync(_target!) is { } undo)
            {
                Snackbar.Add($"{undo.Name} is removed. It can be brought back for 30 days.", Severity.Success);
                Navigation.NavigateTo("undo");
            }
        }
        catch (Exception fault)
        {
            _orderFault = Words.For(fault);
        }
    }

    private async Task ShareAsync()
    {
        var parameters = new DialogParameters<ShareDialog>
        {
            { dialog => dialog.Target, _target!.Name },
            { dialog => dialog.TomName, Tom!.TomName },
            { dialog => dialog.Destinations, Tom.Destinations },
        };
        await Dialogs.ShowAsync<ShareDialog>($"Share {_target.Name}", parameters);
    }
}
