namespace TomOrleans.Storage.Products;

/// <summary>A file of a target, without its content.</summary>
/// <param name="Id">Drawn by the database; 0 for one that is not stored.</param>
/// <param name="TargetId">The target it was given to.</param>
/// <param name="ProductId">Unique over all products; null for none.</param>
/// <param name="Type">What it holds, in the Toolkit's words: <c>photometry</c>, <c>spectroscopy</c>, <c>fits_file</c>, <c>image_file</c>.</param>
/// <param name="FileName">Its name without folders.</param>
/// <param name="ExtraData">Free text.</param>
/// <param name="Size">[bytes]</param>
/// <param name="CreatedMicroseconds">[us since 1970, UTC]</param>
/// <param name="CreatedBy">Who gave it.</param>
public sealed record ProductRow(
    long Id, long TargetId, string? ProductId, string Type, string FileName, string ExtraData, int Size, long CreatedMicroseconds, string CreatedBy);
