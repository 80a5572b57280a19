using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>Orbital elements: five of them always, and one complete pair for the size and phase of the orbit. [deg, au, date rule]</summary>
internal static class OrbitTable
{
    private static readonly (string One, string Other)[] Pairs =
        [("semimajor_axis", "mean_anomaly"), ("perihelion_distance", "epoch_of_perihelion")];

    public static readonly Table Object = new(
        Fields.RequiredText("epoch_of_elements", DateRule.Check),
        Fields.RequiredNumber("orbital_inclination", 0, 180),
        Fields.RequiredNumber("longitude_of_the_ascending_node", 0, 360),
        Fields.RequiredNumber("argument_of_the_perihelion", 0, 360),
        Fields.RequiredNumber("eccentricity", 0),
        Fields.OptionalNumber("semimajor_axis"),
        Fields.OptionalNumber("mean_anomaly", 0, 360),
        Fields.OptionalNumber("perihelion_distance"),
        // A null here reaches the date rule and crashes Hermes: so it is on the real one.
        new Field("epoch_of_perihelion", Rules.Text()) { Nullable = true, Then = DateRule.Check })
    {
        Whole = OnePair,
    };

    // A zero counts as missing here.
    private static WireObject? OnePair(WireObject orbit)
    {
        bool Has(string name) => PythonText.IsTruthy(orbit.Get(name));

        if (Array.Exists(Pairs, p => Has(p.One) && Has(p.Other)))
        {
            return null;
        }

        foreach (var (one, other) in Pairs)
        {
            if (Has(one) || Has(other))
            {
                var (set, missing) = Has(one) ? (one, other) : (other, one);
                return new WireObject { [missing] = WireList.Of($"Must set {missing} when {set} is set") };
            }
        }

        var errors = new WireObject();
        foreach (var (one, other) in Pairs)
        {
            errors[other] = WireList.Of("Must set mean_anomaly/semimajor_axis or epoch_of_perihelion/perihelion_distance");
            errors[one] = errors[other];
        }

        return errors;
    }
}
