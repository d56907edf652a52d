using System.Text;

namespace Pipeline.VendorSimulator.Settings;

/// <summary>The text of <c>--help</c>, written from the settings themselves.</summary>
public static class HelpText
{
    public static string Write()
    {
        var text = new StringBuilder()
            .AppendLine("Plays the APIs of the vendors, each under its own path, and an outside publisher.")
            .AppendLine()
            .AppendLine("  --urls ADDRESS            where to listen, default " + Simulator.DefaultAddress)
            .AppendLine("  --SETTING=VALUE           any setting below; as an environment variable write __ for :")
            .AppendLine("  PIPELINE_RABBITMQ         environment: the amqp uri for the outside publisher")
            .AppendLine()
            .AppendLine("  GET /_simulator/expected            the end state that the data must lead to")
            .AppendLine("  GET /_simulator/expected/children   the same, object by object")
            .AppendLine("  GET /_simulator/progress            rows in all, visible now, served so far")
            .AppendLine("  GET /health/live, /health/ready")
            .AppendLine();
        foreach (var (path, setting, _, value) in SettingsCatalog.Entries)
        {
            text.Append("  ").Append(path).Append(" = ").Append(value);
            if (setting.HasRange) text.Append("   (").Append(setting.Minimum).Append(" to ").Append(setting.Maximum).Append(')');
            text.AppendLine().Append("      ").AppendLine(setting.Meaning);
        }

        return text.ToString();
    }
}
