using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>The message log of the whole TOM: what was read from topics with ARCHIVE, as it came. A stateless reader of the tables; key 0.</summary>
[Alias("tom.messages")]
public interface IMessagesGrain : IGrainWithIntegerKey
{
    /// <summary>Newest last.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<MessagePage> ListAsync(MessageQuery query);

    /// <summary>
    /// One message with its headers, bytes, fates and effects. Throws <see cref="TomFault.Invalid"/> for a text that names none, <see cref="TomFault.NotFound"/> for one
    /// that is not kept.
    /// </summary>
    /// <param name="id"><c>stream/topic/partition/offset</c>, or the hop message id.</param>
    [Alias("get"), AllowRole(TomRole.Reader)]
    Task<MessageDetail> GetAsync(string id);
}
