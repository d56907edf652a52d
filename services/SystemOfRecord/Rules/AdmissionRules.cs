using Pipeline.Hosting;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>Who is let in. Configured under <c>Rules</c>.</summary>
public sealed class AdmissionRules
{
    /// <summary>The system whose accounts are loaded; any system can be it. Required.</summary>
    public string SystemOfRecord { get; set; } = "";

    /// <summary>Conditions on the fields of the system of record's own record; all must hold.</summary>
    public List<Condition> Filters { get; set; } = [];

    /// <summary>Records that must exist in other systems; all must.</summary>
    public List<PathRule> Paths { get; set; } = [];

    /// <exception cref="SettingsException">A rule is incomplete; the message names its path.</exception>
    public static AdmissionRules From(IConfiguration configuration)
    {
        var rules = new AdmissionRules();
        configuration.GetSection("Rules").Bind(rules);
        if (rules.SystemOfRecord.Length == 0)
            throw new SettingsException("Rules:SystemOfRecord is not set. Name the system whose accounts are loaded.");
        Check(rules.Filters, "Rules:Filters");
        for (var index = 0; index < rules.Paths.Count; index++)
        {
            if (rules.Paths[index].System.Length == 0) throw new SettingsException($"Rules:Paths:{index}:System is not set. Name the system that must have the account.");
            Check(rules.Paths[index].Where, $"Rules:Paths:{index}:Where");
        }

        return rules;
    }

    private static void Check(IReadOnlyList<Condition> conditions, string path)
    {
        for (var index = 0; index < conditions.Count; index++)
            if (conditions[index].Mistake() is { } mistake) throw new SettingsException($"{path}:{index} {mistake}.");
    }
}

/// <summary>
/// "Exists in that system, linked to our record, where ...". The link may be stored on either side: in the other system's
/// record (a CRM id) or in ours (the other system's id).
/// </summary>
public sealed class PathRule
{
    /// <summary>The other system. It is also the name of the wait while it has nothing to say.</summary>
    public string System { get; set; } = "";

    /// <summary>What must hold of the other system's record.</summary>
    public List<Condition> Where { get; set; } = [];
}
