namespace Pipeline.Cli.Demo;

/// <summary>The final table of the last run that settled, so that two runs can be compared with diff: <c>.run/final-table.txt</c> of the checkout that the command runs in.</summary>
internal static class FinalFile
{
    private const string Name = "final-table.txt";

    public static void Write(string text)
    {
        if (Place() is { } place) File.WriteAllText(place, text);
    }

    /// <summary>A run that does not settle must not leave the table of an earlier one.</summary>
    public static void Forget()
    {
        if (Place() is { } place) File.Delete(place);
    }

    private static string? Place()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, ".run"))) return Path.Combine(folder.FullName, ".run", Name);
        return null;
    }
}
