using Microsoft.AspNetCore.Components;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Silo.Pages.Text;
using TomOrleans.SkyEvents;

namespace TomOrleans.Silo.Pages.SkyEvents;

/// <summary>What circulars and notices tell of. What is filtered by stands in the address, so that it can be sent to somebody.</summary>
public sealed partial class SkyEventList : LivePage
{
    private const int PageSize = 50;
    private readonly Pacing _pacing = new(beats: 5);
    private SkyEventPage? _page;
    private SkyEventQuery? _shown;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Part of an id, name, title or text.</summary>
    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    /// <summary>A day, <c>2026-11-01</c>.</summary>
    [SupplyParameterFromQuery] private string? Since { get; set; }

    /// <summary>Name or alias.</summary>
    [SupplyParameterFromQuery] private string? Target { get; set; }

    /// <summary>Topic name with or without its stream.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    /// <summary>Counted from one.</summary>
    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private int PageIndex => Math.Clamp(PageNumber ?? 1, 1, int.MaxValue / PageSize) - 1;

    private SkyEventKind? ChosenKind => Enum.TryParse<SkyEventKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private bool IsFiltered => ChosenKind is not null || new[] { Text, Since, Target, Topic }.Any(text => !string.IsNullOrWhiteSpace(text));

    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        var query = new SkyEventQuery
        {
            Text = string.IsNullOrWhiteSpace(Text) ? null : Text,
            Kind = ChosenKind,
            SinceMicroseconds = DayText.Begin(Since),
            Target = string.IsNullOrWhiteSpace(Target) ? null : Target,
            Topic = string.IsNullOrWhiteSpace(Topic) ? null : Topic,
            Limit = PageSize,
            Offset = PageIndex * PageSize,
        };

        // A search reads every text there is: once, not for every change of the TOM.
        if (query == _shown && !(_pacing.IsDue(isChanged) && query.Text is null))
        {
            return false;
        }

        _page = await Grains.SkyEvents().ListAsync(query);
        _shown = query;
        return true;
    }

    protected override Task OnParametersSetAsync() => IsLoaded ? LookNowAsync() : Task.CompletedTask;

    private string Link(string key, string? value) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [key] = string.IsNullOrWhiteSpace(value) ? null : value, ["page"] = null });

    private void Go(string key, string? value) => Navigation.NavigateTo(Link(key, value), replace: true);

    private void Turn(int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1), replace: true);
}
