using System.Net;
using TomOrleans.Sandbox.Hermes;

namespace TomOrleans.Sandbox.Tests.Hermes;

public sealed class FaultTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_error_page_comes_before_or_after_publishing(bool published)
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.ServerError(published), times: 2);

        using var first = await fixture.SubmitAsync(StandInFixture.Message());
        using var second = await fixture.SubmitAsync(StandInFixture.Message());
        using var third = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.OK],
            [first.StatusCode, second.StatusCode, third.StatusCode]);
        Assert.Equal(published ? 3 : 1, fixture.Publisher.Messages.Count);
    }

    [Fact]
    public async Task Connection_dropped_after_publishing_leaves_the_message_on_the_topic()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.DropConnection(published: true));

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.SubmitAsync(StandInFixture.Message()));

        Assert.Single(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Hanging_answer_lasts_until_the_client_gives_up()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.Hang(published: true));
        using var patience = new CancellationTokenSource();
        var received = fixture.Hermes.Requests.NextAsync(_ => true);

        var answer = fixture.Client.PostAsync(
            new Uri("submit_message/", UriKind.Relative), new StringContent(StandInFixture.Message(), null, "application/json"), patience.Token);
        await received;
        Assert.False(answer.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(HttpStatusCode.OK, (await fixture.SubmitAsync(StandInFixture.Message())).StatusCode);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_hanging_answer()
    {
        var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.Hang());
        var received = fixture.Hermes.Requests.NextAsync(_ => true);
        var answer = fixture.SubmitAsync(StandInFixture.Message());
        await received;

        await fixture.Hermes.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        fixture.Client.Dispose();
    }

    [Fact]
    public async Task Too_many_requests_says_when_to_come_again()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.TooManyRequests(TimeSpan.FromSeconds(7)));

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Answer_without_uuid_published_nothing()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.WithoutUuid());

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False((await StandInFixture.JsonOf(answer)).TryGetProperty("uuid", out _));
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Slow_answer_is_right_when_it_comes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var fixture = await StandInFixture.StartAsync(o => o.TimeProvider = time);
        fixture.Hermes.Faults.Next(Fault.Slow(TimeSpan.FromMinutes(2)));
        var received = fixture.Hermes.Requests.NextAsync(_ => true);

        var uuid = fixture.PublishAsync();
        await received;
        Assert.False(uuid.IsCompleted);
        while (!uuid.IsCompleted)
        {
            // The request is noted before its delay begins, so one step may come too early.
            time.Advance(TimeSpan.FromMinutes(2));
            await Task.Yield();
        }

        var answered = await uuid;
        Assert.Equal(Assert.Single(fixture.Publisher.Messages).Id, answered);
    }

    [Fact]
    public async Task Fault_of_one_path_leaves_the_others_alone()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Hermes.Faults.Next(Fault.ServerError(), path: "query/");

        await fixture.PublishAsync();

        using var answer = await fixture.Client.GetAsync(new Uri("query/?topic=hermes.test", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }
}
