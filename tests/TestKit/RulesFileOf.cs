namespace Pipeline.TestKit;

/// <summary>A rules file for the time of a test run.</summary>
public static class RulesFileOf
{
    /// <summary>A system of record that lets every account in.</summary>
    public static string All(string systemOfRecord) => Text($"system_of_record: {systemOfRecord}\n");

    /// <returns>The path of the file.</returns>
    public static string Text(string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-rules-");
        var path = Path.Combine(folder.FullName, "rules.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
