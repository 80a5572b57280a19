using Microsoft.AspNetCore.Components;
using TomOrleans.Security;
using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Outbox;

/// <summary>Who shared what where, newest first; for operators.</summary>
public sealed partial class Audit : LivePage
{
    private const int PageSize = 50;
    private AuditPage? _page;
    private bool _isOperator;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Name of a destination.</summary>
    [SupplyParameterFromQuery] private string? To { get; set; }

    /// <summary>Name or alias of a target.</summary>
    [SupplyParameterFromQuery] private string? Target { get; set; }

    /// <summary>Counted from one.</summary>
    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private int PageIndex => Math.Clamp(PageNumber ?? 1, 1, int.MaxValue / PageSize) - 1;

    /// <summary>The call is the silo's, so who looks is asked here first.</summary>
    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        _isOperator = await Visitor.MayAsync(TomRole.Operator);
        _page = !_isOperator ? null : await Grains.Audit().ListAsync(new()
        {
            Destination = string.IsNullOrEmpty(To) ? null : To,
            Target = string.IsNullOrEmpty(Target) ? null : Target,
            Limit = PageSize,
            Offset = PageIndex * PageSize,
        });
        return true;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private void Turn(int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1), replace: true);
}
