using TomOrleans.Grains.Sharing;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

/// <summary>Another TOM that refuses, breaks off, crashes or is silent.</summary>
public sealed class TomDestinationFaultTests : TomDestinationTest
{
    [Fact]
    public async Task Wrong_credentials_are_told_from_the_redirect_to_the_login_page()
    {
        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point), Options() with { Password = "another" }));

        Assert.True(outcome.IsOfAccount);
        Assert.Contains("login page: USERNAME or PASSWORD is wrong", outcome.Words, StringComparison.Ordinal);
        Assert.Single(Toolkit.Requests);
    }

    [Fact]
    public async Task Address_that_redirects_is_named_and_not_followed()
    {
        Toolkit.RedirectsTo = "https://tom.example.org/api/targets/?name_fuzzy=x";

        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point)));

        Assert.Equal("The other TOM redirects to https://tom.example.org/api/targets/: put the right address into BASE_URL.", outcome.Words);
    }

    [Fact]
    public async Task Address_that_is_no_TOM_is_told()
    {
        Toolkit.IsOnlyPages = true;

        Assert.Contains("a page instead of JSON", Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point))).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ToolkitFault.Cut)]
    [InlineData(ToolkitFault.StoreAndCut)]
    [InlineData(ToolkitFault.Unavailable)]
    public async Task After_a_cut_in_the_middle_the_same_bytes_bring_the_rest_and_nothing_twice(ToolkitFault fault)
    {
        var there = Toolkit.AddTarget("AT2026abc");
        var part = Assert.Single(Plan(Content([.. Enumerable.Range(0, 7).Select(i => A.Point with { Time = new(A.Time + i) })])).Parts);
        Toolkit.Faults.Enqueue(ToolkitFault.None);
        Toolkit.Faults.Enqueue(ToolkitFault.None);
        Toolkit.Faults.Enqueue(fault);

        Assert.IsType<SendOutcome.Retry>(await SendAsync(part));
        var again = Assert.IsType<SendOutcome.Delivered>(await SendAsync(part));

        Assert.Equal(7, Toolkit.DataOf(there).Count);
        Assert.Contains(fault == ToolkitFault.StoreAndCut ? "3 were there" : "2 were there", again.Receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datum_that_was_stored_before_a_crash_counts_as_arrived()
    {
        var there = Toolkit.AddTarget("AT2026abc");
        Toolkit.Faults.Enqueue(ToolkitFault.StoreAndCrash);

        Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point)));

        Assert.Single(Toolkit.DataOf(there));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public async Task Server_that_crashes_is_asked_again_but_not_for_ever(int times, bool arrives)
    {
        var there = Toolkit.AddTarget("AT2026abc");
        for (var i = 0; i < times; i++)
        {
            Toolkit.Faults.Enqueue(ToolkitFault.Crash);
        }

        var outcome = await SendAsync(Content(A.Point));

        Assert.Equal(arrives, outcome is SendOutcome.Delivered);
        Assert.Equal(arrives ? 1 : 0, Toolkit.DataOf(there).Count);
        Assert.True(arrives || outcome is SendOutcome.Refused { Words: "0 of 1 data saved; 1 not taken: HTTP 500 InternalServerError" }, outcome.ToString());
    }

    [Fact]
    public async Task Silence_ends_with_the_time_out_and_can_be_tried_again()
    {
        Toolkit.AddTarget("AT2026abc");
        Toolkit.Faults.Enqueue(ToolkitFault.Hang);

        var outcome = Assert.IsType<SendOutcome.Retry>(await SendAsync(Content(A.Point), Options() with { SendTimeout = TimeSpan.FromSeconds(1) }));

        Assert.Contains("no answer within 1 s", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_be_reached_can_be_tried_again()
    {
        var options = Options();
        await Toolkit.DisposeAsync();

        Assert.IsType<SendOutcome.Retry>(await SendAsync(Content(A.Point), options));
        Toolkit = await StandInToolkit.StartAsync();
    }
}
