namespace TomOrleans.Targets;

/// <summary>The numbers that may be missing, for the generated serializer alone: on the wire they are what they seem, a number or nothing.</summary>
public sealed partial record PhotometryPoint
{
    [Id(4)] internal double? WireBrightness { get => Brightness; set => _brightness = OrNaN(value); }

    [Id(5)] internal double? WireBrightnessError { get => BrightnessError; set => _brightnessError = OrNaN(value); }

    [Id(7)] internal double? WireLimitingBrightness { get => LimitingBrightness; set => _limitingBrightness = OrNaN(value); }

    [Id(8)] internal double? WireLimitingBrightnessError { get => LimitingBrightnessError; set => _limitingBrightnessError = OrNaN(value); }

    [Id(10)] internal double? WireExposureSeconds { get => ExposureSeconds; set => _exposureSeconds = OrNaN(value); }

    [Id(16)] internal double? WireLimitSigma { get => LimitSigma; set => _limitSigma = OrNaN(value); }
}
