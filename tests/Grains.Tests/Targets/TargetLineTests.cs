using System.Collections.Immutable;
using System.Threading.Channels;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class TargetLineTests
{
    private const long Target = 7;
    private readonly ScriptedTarget _target = new();

    [Fact]
    public async Task Batches_that_come_during_a_call_share_the_next_one()
    {
        var line = new TargetLine(_target);
        PhotometryBatch first = Batch("a"), second = Batch("b"), third = Batch("c");
        Assert.True(Add(line, first));
        line.Call();
        var call = await _target.NextAsync();
        Assert.False(Add(line, second));
        Assert.False(Add(line, third));
        call.Answer(PointFate.New);
        await first.Recorded;

        var shared = await _target.NextAsync();
        Assert.Equal(["b", "c"], shared.Points.Select(point => point.Bandpass));
        shared.Answer(PointFate.Repeat, PointFate.New);
        await Task.WhenAll(second.Recorded, third.Recorded);
        Assert.True(second.IsRepeat(0));
        Assert.False(third.IsRepeat(0));
    }

    [Fact]
    public async Task A_fault_of_one_batch_is_not_the_others()
    {
        var line = new TargetLine(_target);
        PhotometryBatch good = Batch("good"), bad = Batch("bad");
        Add(line, good);
        Add(line, bad);
        line.Call();
        (await _target.NextAsync()).Throw(new TomException(TomFault.Invalid, "the text is too long"));
        (await _target.NextAsync()).Answer(PointFate.New);
        (await _target.NextAsync()).Throw(new TomException(TomFault.Invalid, "the text is too long"));
        await good.Recorded;
        Assert.Equal(TomFault.Invalid, (await Assert.ThrowsAsync<TomException>(() => bad.Recorded)).Fault);
    }

    [Fact]
    public async Task A_fault_of_the_database_is_told_to_all_without_asking_again()
    {
        var line = new TargetLine(_target);
        PhotometryBatch one = Batch("one"), other = Batch("other");
        Add(line, one);
        Add(line, other);
        line.Call();
        (await _target.NextAsync()).Throw(new TomException(TomFault.Unavailable, "the database is away"));
        await Assert.ThrowsAsync<TomException>(() => one.Recorded);
        await Assert.ThrowsAsync<TomException>(() => other.Recorded);
        Assert.Equal(1, _target.Calls);
    }

    [Fact]
    public async Task Points_of_a_batch_between_those_of_another_target_get_their_own_fates()
    {
        var batch = new PhotometryBatch([Alert("a"), Alert("other"), Alert("b")], new Verdict?[3]);
        Assert.True(batch.Assign(name => name == "other" ? Target + 1 : Target));
        TargetLine line = new(_target), other = new(_target);
        line.Add([.. batch.Waiting.Where(waiting => waiting.Target == Target).Select(waiting => waiting.Point)]);
        other.Add([.. batch.Waiting.Where(waiting => waiting.Target != Target).Select(waiting => waiting.Point)]);
        line.Call();
        (await _target.NextAsync()).Answer(PointFate.Repeat, PointFate.New);
        Assert.False(batch.Recorded.IsCompleted);
        other.Call();
        (await _target.NextAsync()).Answer(PointFate.Repeat);
        await batch.Recorded;
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(batch.IsRepeat));
    }

    [Fact]
    public async Task A_target_that_failed_is_called_again_by_the_next_batch()
    {
        var line = new TargetLine(_target);
        var lost = Batch("lost");
        Add(line, lost);
        line.Call();
        (await _target.NextAsync()).Throw(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => lost.Recorded);

        var next = Batch("next");
        Assert.True(Add(line, next));
        line.Call();
        (await _target.NextAsync()).Answer(PointFate.New);
        await next.Recorded;
    }

    [Fact]
    public async Task More_points_than_fit_into_a_call_go_in_several_in_order()
    {
        var line = new TargetLine(_target);
        var batch = Batch([.. Enumerable.Range(0, 4_500).Select(n => $"{n}")]);
        Add(line, batch);
        line.Call();
        var sent = new List<string>();
        while (sent.Count < 4_500)
        {
            var call = await _target.NextAsync();
            Assert.InRange(call.Points.Length, 1, 2_000);
            sent.AddRange(call.Points.Select(point => point.Bandpass));
            call.Answer(new PointFate[call.Points.Length]);
        }

        await batch.Recorded;
        Assert.Equal(Enumerable.Range(0, 4_500).Select(n => $"{n}"), sent);
    }

    [Fact]
    public void Points_without_a_target_and_of_judged_alerts_are_left_out()
    {
        var alerts = ImmutableArray.Create(Alert("judged"), Alert("unknown"), Alert("g"));
        var batch = new PhotometryBatch(alerts, [Verdict.Handled, null, null]);
        Assert.False(batch.Assign(name => name == "unknown" ? null : Target));
        Assert.Equal(["unknown"], batch.UnknownNames());
        Assert.Equal(["g"], batch.Waiting.Select(point => point.Point.Point.Bandpass));
        Assert.False(batch.HasTarget(1));
        Assert.True(batch.HasTarget(2));
    }

    /// <summary>A batch of one alert with a point in each of these bands.</summary>
    private static PhotometryBatch Batch(params string[] bands)
    {
        var batch = new PhotometryBatch([Alert(bands)], new Verdict?[1]);
        Assert.True(batch.Assign(_ => Target));
        return batch;
    }

    private static Alert Alert(params string[] bands) => new()
    {
        Location = new("hop", "hermes.test", 0, 0),
        TimestampMicroseconds = PointBuilder.T0,
        Format = AlertFormat.Hermes,
        Headers = [],
        Value = default,
        Report = new() { Points = [.. bands.Select(band => new ReportedPoint(band, PointBuilder.Point with { Bandpass = band }))] },
    };

    /// <summary>True when the line says that it was idle.</summary>
    private static bool Add(TargetLine line, PhotometryBatch batch) =>
        line.Add([.. batch.Waiting.Select(waiting => waiting.Point)]);

    /// <summary>A target that answers when and how the test says.</summary>
    private sealed class ScriptedTarget : ITargetGrain
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

        public int Calls { get; private set; }

        public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points)
        {
            Calls++;
            var call = new Call(points);
            _calls.Writer.TryWrite(call);
            return call.Answered;
        }

        public Task<Target> EditAsync(TargetEdit edit) => throw new NotSupportedException();

        public Task<Target> AmendAsync(TargetAmendment amendment) => throw new NotSupportedException();

        public Task<Target> AddAliasesAsync(ImmutableArray<string> aliases) => throw new NotSupportedException();

        public Task<Target> RemoveAliasesAsync(ImmutableArray<string> aliases) => throw new NotSupportedException();

        public Task ForgetAsync() => throw new NotSupportedException();

        public Task<Target> GetAsync() => throw new NotSupportedException();

        public Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync() => throw new NotSupportedException();
    }

    private sealed class Call(ImmutableArray<PhotometryPoint> points)
    {
        private readonly TaskCompletionSource<ImmutableArray<PointFate>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ImmutableArray<PhotometryPoint> Points => points;

        public Task<ImmutableArray<PointFate>> Answered => _answer.Task;

        public void Answer(params PointFate[] fates) => _answer.SetResult([.. fates]);

        public void Throw(Exception exception) => _answer.SetException(exception);
    }
}
