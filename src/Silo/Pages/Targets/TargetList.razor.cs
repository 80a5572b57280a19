using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>All targets, a page at a time. What is searched for, sorted by and turned to stands in the address, so that it can be sent to somebody.</summary>
public sealed partial class TargetList : LivePage
{
    private const int PageSize = 50;

    /// <summary>Ages are shown, so it is drawn anew now and then even when nothing happens.</summary>
    private const int BeatsPerDrawing = 10;

    private TargetPage? _page;
    private ImmutableArray<TomOrleans.Targets.TargetList> _lists = [];
    private bool _mayAdd;
    private int _beat;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    /// <summary>Only those in this list.</summary>
    [SupplyParameterFromQuery(Name = "list")] private string? List { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] private string? Sort { get; set; }

    /// <summary>Counted from one.</summary>
    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private bool ByName => Sort == "name";

    private int PageIndex => Math.Clamp(PageNumber ?? 1, 1, int.MaxValue / PageSize) - 1;

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        if (!isChanged && ++_beat % BeatsPerDrawing != 0)
        {
            return false;
        }

        _lists = await Grains.TargetLists().ListAsync();
        _page = await Grains.TargetDirectory().ListAsync(new() { Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(), List = string.IsNullOrEmpty(List) ? null : List, Limit = PageSize, Offset = PageIndex * PageSize, LatestFirst = !ByName });
        return true;
    }

    protected override async Task OnInitializedAsync()
    {
        _mayAdd = await Visitor.MayAsync(TomRole.Contributor);
        await base.OnInitializedAsync();
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private async Task AddAsync()
    {
        var dialog = await Dialogs.ShowAsync<TargetDialog>("Add a target");
        if (await dialog.Result is { Canceled: false, Data: string name })
        {
            Navigation.NavigateTo(TargetLinks.To(name));
        }
    }

    private Task SearchAsync(string? text) => GoAsync(new() { ["q"] = string.IsNullOrWhiteSpace(text) ? null : text, ["page"] = null });

    private Task SortAsync(bool byName) => GoAsync(new() { ["sort"] = byName ? "name" : null, ["page"] = null });

    private Task TurnAsync(int page) => GoAsync(new() { ["page"] = page == 0 ? null : page + 1 });

    private Task GoAsync(Dictionary<string, object?> changes)
    {
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes), replace: true);
        return Task.CompletedTask;
    }
}
