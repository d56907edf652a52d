namespace Pipeline.VendorSimulator.Settings;

/// <summary>Marks a class of settings and names its section of the configuration.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsAttribute(string section) : Attribute
{
    public string Section { get; } = section;
}

/// <summary>What one setting means and which values it may have; the default is the property's initial value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;

    /// <summary>The least number allowed.</summary>
    public double Minimum { get; set; } = double.NegativeInfinity;

    /// <summary>The greatest number allowed.</summary>
    public double Maximum { get; set; } = double.PositiveInfinity;

    public bool HasRange => !double.IsInfinity(Minimum) || !double.IsInfinity(Maximum);
}

/// <summary>A setting that cannot be used. The message names its configuration path, the value and the range.</summary>
public sealed class SettingsException(string message) : Exception(message);
