using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TomOrleans.Security;
using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Outbox;

/// <summary>Destinations and shares, newest first.</summary>
public sealed partial class Outbox : LivePage
{
    private const int PageSize = 50;
    private SharePage? _page;
    private ImmutableArray<ContinuousShare> _orders = [];
    private bool _isSharer;
    private bool _isOperator;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Name of a destination.</summary>
    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    /// <summary>Counted from one.</summary>
    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private ShareState? Chosen => Enum.TryParse<ShareState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private int PageIndex => Math.Clamp(PageNumber ?? 1, 1, int.MaxValue / PageSize) - 1;

    /// <summary>Times to come run down, so it is looked at each beat.</summary>
    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        _isSharer = await Visitor.MayAsync(TomRole.Sharer);
        _isOperator = await Visitor.MayAsync(TomRole.Operator);
        _orders = await Grains.ContinuousShares().ListAsync(new() { Destination = string.IsNullOrEmpty(To) ? null : To });
        _page = await Grains.Shares().ListAsync(new() { Destination = string.IsNullOrEmpty(To) ? null : To, State = Chosen, Limit = PageSize, Offset = PageIndex * PageSize });
        return true;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private string Link(ShareState? state) => Navigation.GetUriWithQueryParameters("outbox", new Dictionary<string, object?> { ["to"] = To, ["state"] = state?.ToString().ToLowerInvariant() });

    private void Turn(int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1), replace: true);
}
