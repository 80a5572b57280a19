using System.Collections.Concurrent;
using Orleans.Placement;

namespace TomOrleans.Storage.Tests.Orleans;

[Alias("tom.test.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> AddAsync(int amount);

    [Alias("get")]
    Task<int> GetAsync();

    [Alias("clear")]
    Task ClearAsync();

    /// <summary>Ends the activation, so that the next call reads the state.</summary>
    [Alias("forget")]
    Task ForgetAsync();

    [Alias("silo")]
    Task<string> SiloAsync();

    [Alias("remind")]
    Task RemindAsync(string name);

    [Alias("reminders")]
    Task<string[]> RemindersAsync();

    [Alias("unremind")]
    Task UnremindAsync(string name);
}

[GenerateSerializer, Alias("tom.test.counter-state")]
public sealed class CounterState
{
    [Id(0)] public int Value { get; set; }
}

[GrainType("counter"), RandomPlacement]
public sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> state, ILocalSiloDetails silo) : Grain, ICounterGrain, IRemindable
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Ticks = new();

    public static Task TickOf(string name) => Ticks.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async Task<int> AddAsync(int amount)
    {
        state.State.Value += amount;
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public Task<int> GetAsync() => Task.FromResult(state.State.Value);

    public Task ClearAsync() => state.ClearStateAsync();

    public Task ForgetAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> SiloAsync() => Task.FromResult(silo.Name);

    public Task RemindAsync(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromSeconds(1), TestSilo.ReminderPeriod);

    public async Task<string[]> RemindersAsync() => (await this.GetReminders()).Select(reminder => reminder.ReminderName).ToArray();

    public async Task UnremindAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ = TickOf(reminderName);
        Ticks[reminderName].TrySetResult();
        return Task.CompletedTask;
    }
}
