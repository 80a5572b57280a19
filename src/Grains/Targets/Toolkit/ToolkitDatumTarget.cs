using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>The <c>target</c> of a datum or product: the id of a target here, as a number or as text.</summary>
public static class ToolkitDatumTarget
{
    /// <summary>0 where <paramref name="faults"/> says why there is none.</summary>
    public static long Read(JsonObject body, ToolkitFaults faults)
    {
        if (body["target"] is null)
        {
            faults.Add("target", ToolkitFaults.Required);
            return 0;
        }

        if (ToolkitValues.Integer(body["target"]) is { } id and > 0)
        {
            return id;
        }

        faults.Add("target", $"Invalid pk \"{OneLine.Of(body["target"]!.ToString())}\" - object does not exist.");
        return 0;
    }
}
