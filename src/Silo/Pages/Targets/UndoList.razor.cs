using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>Merges and removals that can be undone.</summary>
public sealed partial class UndoList : LivePage
{
    private const int BeatsPerLook = 10;
    private ImmutableArray<TargetUndo>? _undos;
    private string? _outcome;
    private string? _orderFault;
    private bool _mayOrder;
    private bool _isBusy;
    private int _beat;

    [Inject] private TargetOrders Orders { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _mayOrder = await Orders.MayOrderAsync();
        await base.OnInitializedAsync();
    }

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (!isChanged && _undos is not null && ++_beat % BeatsPerLook != 0)
        {
            return false;
        }

        _undos = await Grains.TargetDirectory().ListUndosAsync();
        return true;
    }

    private async Task UndoAsync(TargetUndo undo)
    {
        (_isBusy, _orderFault) = (true, null);
        try
        {
            if (await Orders.UndoAsync(undo) is { } undone)
            {
                _outcome = $"{undone.Target.Name} is back{(undone.LostAliases.IsDefaultOrEmpty ? "" : $", but for aliases that another target has now: {string.Join(", ", undone.LostAliases)}")}.";
                await LookNowAsync();
            }
        }
        catch (Exception fault)
        {
            _orderFault = Words.For(fault);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
