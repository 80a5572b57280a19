using TomOrleans.Alerts;

namespace TomOrleans.Silo.Pages.Streams;

/// <summary>The check that everybody can see: what was read is what was dealt with.</summary>
public static class BooksBalance
{
    /// <summary>Messages that were read and have no entry; negative when there are more entries than messages. Zero, or something is wrong.</summary>
    public static long Missing(Books books) => books.Consumed - (books.Handled + books.Ignored + books.Parked + books.Dropped + books.InFlight);
}
