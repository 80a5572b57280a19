using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>Registers the notices in a silo.</summary>
public static class NoticesHosting
{
    /// <summary>Needs streams, sharing and operations. Call it after Orleans is registered: the sweeper calls a grain, and hosted services start in order.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services, NoticeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<NoticeTable>();
        services.AddTransient<NoticeScout>();
        services.AddTransient<NoticeTeller>();
        return services.AddHostedService<NoticeSweeper>();
    }
}
