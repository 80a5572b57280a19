using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TomOrleans.Testing;

/// <summary>
/// Ports for servers under test: below the range that connections take theirs from, given out once in this process, and reserved against the other test processes of this account until this one ends.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int End = 30_000;
    private static readonly ConcurrentDictionary<int, FileStream> Reserved = new();
    private static readonly DirectoryInfo Reservations = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"tom-test-ports-{Environment.UserName}"));

    /// <summary>A port that nobody listens on, on any address.</summary>
    public static int Next()
    {
        var start = RandomNumberGenerator.GetInt32(End - First);
        for (var tried = 0; tried < End - First; tried++)
        {
            var port = First + ((start + tried) % (End - First));
            if (!Reserved.ContainsKey(port) && IsReservedNow(port) && IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port between {First} and {End} is free.");
    }

    /// <summary>Held by an open file: the system lets go of it however this process ends.</summary>
    private static bool IsReservedNow(int port)
    {
        try
        {
            var held = new FileStream(Path.Combine(Reservations.FullName, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (Reserved.TryAdd(port, held))
            {
                return true;
            }

            held.Dispose();
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
