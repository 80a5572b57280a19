using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Tests;

/// <summary>Rows with everything that a test does not care about.</summary>
internal static class Rows
{
    public static NewTarget Target(string name, double? rightAscension = null, double? declination = null, params string[] aliases) => new(
        [new(name, name.ToUpperInvariant()), .. aliases.Select(alias => new TargetNameEntry(alias, alias.ToUpperInvariant()))],
        rightAscension,
        declination,
        "a test",
        1_000);

    public static PhotometryRow Point(long identity, long content = 1, long time = 1_700_000_000_000_000, MessageSource? source = null, double? value = 19.5) => new()
    {
        Identity = identity,
        Content = content,
        TimeMicroseconds = time,
        TimeForm = 0,
        Bandpass = "r",
        Telescope = "P48",
        Value = value,
        Error = 0.02,
        Unit = 1,
        Origin = "ZTF",
        Source = source,
    };

    public static MessageSource Message(long offset, long time, Guid? id = null, string topic = "hermes.test") =>
        new("hopskotch", topic, 3, offset, id, "somebody", time);

    public static CursorKey Cursor(string handler = "log", int partition = 0, string topic = "topic") => new("hopskotch", topic, partition, handler);

    public static CursorMove Move(CursorRow cursor, long next, params NewParked[] parked) => new(
        cursor.Key, cursor.OwnerEpoch, cursor.NextOffset, next, next - cursor.NextOffset, next - cursor.NextOffset - parked.Length, 0, 0, parked);

    public static NewParked Parked(long offset, string reason = "no time", long? nextTry = null) =>
        new(offset, 5_000, [1, 2], [3], [4, 0, 5], reason, "[]", 2, 6_000, nextTry);
}
