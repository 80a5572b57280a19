using System.Text.Json;
using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>What the tests of sharing ask, and of whom.</summary>
internal static class SharingRequests
{
    /// <summary>A destination that is patient with answers and impatient between tries.</summary>
    public static DestinationOptions Options(StandInHermes hermes, string name = "hermes") => new()
    {
        Name = name,
        BaseUrl = hermes.Url,
        ApiKey = hermes.Token,
        DefaultAuthors = "The Observers",
        LookUpPatience = TimeSpan.FromMilliseconds(300),
        Retry = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
    };

    public static ShareRequest Request(string target) => new() { Target = target, Topic = "hermes.test" };

    /// <summary>The submission key inside a body that was sent.</summary>
    public static Guid KeyOf(StandInRequest submission) =>
        JsonDocument.Parse(submission.Body).RootElement.GetProperty("data").GetProperty("extra_data").GetProperty("tom_orleans").GetProperty("submission").GetGuid();
}
