namespace TomOrleans.Client.MovingIn;

/// <summary>Calls a silo again that did not answer: what is called here may be repeated.</summary>
internal sealed class Patience(TimeProvider time)
{
    private const int MostTries = 4;

    public async Task<T> WithAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().WaitAsync(cancellationToken);
            }
            catch (Exception fault) when (attempt < MostTries && fault is TomException { Fault: TomFault.Unavailable } or TimeoutException or OrleansException)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), time, cancellationToken);
            }
        }
    }

    public Task WithAsync(Func<Task> call, CancellationToken cancellationToken) => WithAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);
}
