using System.Collections.Concurrent;
using System.Net;

namespace TomOrleans.Grains.Security;

/// <summary>Where the clients of this silo's gateway are: Orleans tells a grain only the name that a client gave itself, and a client may take another one with each connection. Safe on any thread.</summary>
public sealed class ClientSources
{
    private const int MostClients = 10_000;
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Told of a connection before its first message passes.</summary>
    /// <param name="where">Its other end.</param>
    /// <param name="client">The name of its process.</param>
    public void Note(EndPoint? where, string client)
    {
        if (_addresses.Count >= MostClients)
        {
            // Then those that are forgotten count by their names.
            _addresses.Clear();
        }

        _addresses[client] = FailedLogins.Network((where as IPEndPoint)?.Address);
    }

    /// <summary>What <see cref="FailedLogins"/> counts by: the address, or the client's name where that is not known.</summary>
    public string Of(GrainId? client)
    {
        // Observers of a client are its process, a plus sign, and a name of their own.
        var process = client?.Key.ToString()?.Split('+')[0] ?? "nobody";
        return _addresses.GetValueOrDefault(process, process);
    }
}
