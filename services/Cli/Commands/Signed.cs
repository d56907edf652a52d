using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary>What every change must carry: who makes it and why.</summary>
internal static class Signed
{
    public static Option<string?> Author(Terminal terminal) => new("--author") { Description = "Who says so; USER where it is left out.", DefaultValueFactory = _ => terminal.Variable("USER") };

    public static Option<string> Reason() => new("--reason") { Description = "Why, in your words: others will read it.", Required = true };
}
