using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace TomOrleans.Grains;

/// <summary>How exceptions get from silo to silo.</summary>
public static class WireFaults
{
    /// <summary>
    /// Whatever a grain throws arrives as what it is, with what it was caused by; where the caller does not know the type, with its message. Without this an exception of the storage or of a
    /// driver, or a <see cref="TomException"/> caused by one, arrives as "could not find a codec", and a fault of the database is taken for one of the message.
    /// </summary>
    public static IServiceCollection LetFaultsTravel(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = _ => true);
}
