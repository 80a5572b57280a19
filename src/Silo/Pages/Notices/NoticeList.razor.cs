using System.Collections.Immutable;
using TomOrleans.Grains.Security;
using TomOrleans.Notices;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Notices;

/// <summary>What is wrong. Who may give orders can say that he has seen it.</summary>
public sealed partial class NoticeList : LivePage
{
    private ImmutableArray<Notice> _notices = [];
    private bool _mayMark;
    private string? _fault;

    protected override async Task OnInitializedAsync()
    {
        _mayMark = await Visitor.MayAsync(TomRole.Operator);
        await base.OnInitializedAsync();
    }

    /// <summary>Ages run on when nothing else happens.</summary>
    protected override async Task<bool> RefreshAsync(bool isChanged, CancellationToken gone)
    {
        _notices = await Grains.Notices().ListAsync();
        return true;
    }

    private async Task MarkAsync(ImmutableArray<long> ids)
    {
        try
        {
            _fault = null;
            if (!await Visitor.MayAsync(TomRole.Operator))
            {
                _fault = "Your role does not allow that.";
                return;
            }

            // The call is the silo's; it is the visitor who has seen them.
            RequestContext.Set(ClientCallFilter.CallerKey, await Visitor.NameAsync() ?? "page");
            await Grains.Notices().SeenAsync(ids);
            await LookNowAsync();
        }
        catch (Exception fault)
        {
            _fault = Words.For(fault);
        }
    }
}
