namespace TomOrleans.Storage.Parked;

/// <summary>Where a parked message stands. The numbers are stored.</summary>
public static class ParkedState
{
    /// <summary>Waits for a person.</summary>
    public const int Parked = 0;

    /// <summary>Is being tried again just now, or will be by itself when its next try is due.</summary>
    public const int Retrying = 1;

    /// <summary>Handled since.</summary>
    public const int Handled = 2;

    /// <summary>Given up by a person.</summary>
    public const int Dropped = 3;

    internal static int Of(NewParked message) => message.NextTryMicroseconds is null ? Parked : Retrying;
}
