using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Grains.Notices;

/// <summary>Has the notices looked after every few seconds, whichever silo keeps them. Register it after Orleans: it calls a grain.</summary>
public sealed partial class NoticeSweeper(IGrainFactory grains, NoticeOptions options, TimeProvider time, ILogger<NoticeSweeper> log) : BackgroundService
{
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.Notices().LookAsync();
                _isFailing = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_isFailing)
                {
                    LogNotLooked(fault.Message);
                }

                _isFailing = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is wrong could not be looked after, and is tried again: {Error}")]
    private partial void LogNotLooked(string error);
}
