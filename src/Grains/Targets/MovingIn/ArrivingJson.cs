using System.Text.Json;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>How what another TOM answers is read.</summary>
internal static class ArrivingJson
{
    /// <summary>Two members of one name would leave open which counts.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
}
