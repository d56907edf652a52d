using System.Diagnostics;
using Pipeline.Cli.Screens;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheShell
{
    [Theory]
    [InlineData("Nordwind-0042", "Nordwind-0042")]
    [InlineData("", "''")]
    [InlineData("a b ", "'a b '")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm -r x)", "'$(rm -r x)'")]
    [InlineData("Nord\u200bwind", "$'Nord\\u200bwind'")]
    [InlineData("P\u0410VO's\\", "$'P\\u0410VO\\'s\\\\'")]
    [InlineData("\ud83d\ude00", "$'\\U0001f600'")]
    public void Quotes_what_it_must(string text, string quoted) => Assert.Equal(quoted, Shell.Quoted(text));

    [Theory]
    [InlineData("a b ")]
    [InlineData("it's \"so\" `x` $HOME !1 \\n")]
    [InlineData("Nord\u200bwind \u0410 \ud83d\ude00 \t'")]
    [InlineData("line\nbreak")]
    public async Task Is_read_by_bash_as_it_was_written(string text)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", $"printf %s {Shell.Quoted(text)}"]) { RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["LC_ALL"] = "C.UTF-8" } })!;
        Assert.Equal(text, await bash.StandardOutput.ReadToEndAsync());
    }
}
