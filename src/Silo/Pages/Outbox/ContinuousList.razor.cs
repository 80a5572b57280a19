using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Outbox;

/// <summary>Standing orders to share; who may share can end them.</summary>
public sealed partial class ContinuousList : ComponentBase
{
    private string? _fault;

    [Parameter, EditorRequired] public ImmutableArray<ContinuousShare> Orders { get; set; } = [];

    [Parameter] public bool IsSharer { get; set; }

    /// <summary>An order was ended.</summary>
    [Parameter] public EventCallback Ended { get; set; }

    [Inject] private IGrainFactory Grains { get; set; } = null!;

    [Inject] private Visitor Visitor { get; set; } = null!;

    [Inject] private FaultWords Words { get; set; } = null!;

    private async Task EndAsync(ContinuousShare order)
    {
        try
        {
            if (await Visitor.MayAsync(TomRole.Sharer))
            {
                RequestContext.Set(ClientCallFilter.CallerKey, await Visitor.NameAsync() ?? "page");
                await Grains.ContinuousShares().RemoveAsync(order.Id);
                _fault = null;
                await Ended.InvokeAsync();
            }
        }
        catch (Exception fault)
        {
            _fault = Words.For(fault);
        }
    }
}
