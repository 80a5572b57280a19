using Microsoft.AspNetCore.Components;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Parked;

/// <summary>A page with parked messages. It offers orders to those who may give them, one at a time, and says what became of the last one.</summary>
public abstract class OrderingPage : LivePage
{
    private string? _orderFault;

    [Inject] protected ParkedOrders Orders { get; set; } = null!;

    /// <summary>False for visitors who may look only.</summary>
    protected bool MayOrder { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>What became of the last order; null where there was none.</summary>
    protected string? Outcome { get; private set; }

    /// <summary>Why the last order was not carried out, else what went wrong at the last look; null when all is well.</summary>
    protected string? AnyFault => _orderFault ?? Fault;

    protected override async Task OnInitializedAsync()
    {
        MayOrder = await Orders.MayOrderAsync();
        await base.OnInitializedAsync();
    }

    /// <summary>Carries an order out and looks at once. The order tells its outcome; null where it was taken back.</summary>
    protected async Task OrderAsync(Func<Task<string?>> order)
    {
        (IsBusy, _orderFault) = (true, null);
        try
        {
            Outcome = await order() ?? Outcome;
            await LookNowAsync();
        }
        catch (Exception fault)
        {
            _orderFault = Words.For(fault);
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Another message is looked at: what was said of the last one goes.</summary>
    protected void ForgetOrder() => (Outcome, _orderFault) = (null, null);
}
