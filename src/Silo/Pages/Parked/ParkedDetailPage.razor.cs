using Microsoft.AspNetCore.Components;
using TomOrleans.Alerts;

namespace TomOrleans.Silo.Pages.Parked;

/// <summary>One parked message with its bytes. Who may give orders can send it through its handler again, or give it up.</summary>
public sealed partial class ParkedDetailPage : OrderingPage
{
    private ParkedDetail? _detail;
    private long _shownId;

    [Parameter] public long Id { get; set; }

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (_shownId != Id)
        {
            (_shownId, _detail) = (Id, null);
            ForgetOrder();
        }

        if (isChanged)
        {
            _detail = await Grains.Parked().GetAsync(Id);
        }

        return isChanged;
    }

    protected override Task OnParametersSetAsync() => IsLoaded && Id != _shownId ? LookNowAsync() : Task.CompletedTask;

    private Task RetryAsync() => OrderAsync(async () => await Orders.RetryAsync(new() { Ids = [Id] }, Gone));

    private Task DropAsync() => OrderAsync(() => Orders.DropAsync(new() { Ids = [Id] }, 1, Gone));
}
