using Microsoft.AspNetCore.Components;
using TomOrleans.Alerts;

namespace TomOrleans.Silo.Pages.Parked;

/// <summary>The messages that were set aside, newest first. Who may give orders can send them through their handlers again, or give them up.</summary>
public sealed partial class ParkedList : OrderingPage
{
    private const int PageSize = 50;
    private ParkedPage? _page;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Topic name with or without its stream.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    [SupplyParameterFromQuery] private string? Handler { get; set; }

    /// <summary>Counted from one.</summary>
    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private int PageIndex => Math.Clamp(PageNumber ?? 1, 1, int.MaxValue / PageSize) - 1;

    private bool IsFiltered => !string.IsNullOrEmpty(Topic) || !string.IsNullOrEmpty(Handler);

    /// <summary>What is shown, all pages of it.</summary>
    private ParkedSelection All => new() { All = true, Topic = string.IsNullOrEmpty(Topic) ? null : Topic, Handler = string.IsNullOrEmpty(Handler) ? null : Handler };

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (isChanged)
        {
            _page = await Grains.Parked().ListAsync(new()
            {
                Topic = string.IsNullOrEmpty(Topic) ? null : Topic,
                Handler = string.IsNullOrEmpty(Handler) ? null : Handler,
                Limit = PageSize,
                Offset = PageIndex * PageSize,
            });
        }

        return isChanged;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private static ParkedSelection One(ParkedMessage message) => new() { Ids = [message.Id] };

    private Task RetryAsync(ParkedSelection selection) => OrderAsync(async () => await Orders.RetryAsync(selection, Gone));

    private Task DropAsync(ParkedSelection selection, long count) => OrderAsync(() => Orders.DropAsync(selection, count, Gone));

    private void Turn(int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1), replace: true);
}
