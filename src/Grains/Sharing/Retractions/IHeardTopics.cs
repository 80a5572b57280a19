namespace TomOrleans.Grains.Sharing.Retractions;

/// <summary>Tells from which topics measurements are taken here.</summary>
public interface IHeardTopics
{
    /// <summary>Their names, each once. Throws when the database does not answer.</summary>
    Task<IReadOnlyList<string>> ReadAsync();
}
