using Microsoft.Playwright;
using Pipeline.TestKit;

namespace Pipeline.Browser.Tests;

/// <summary>Pictures of the page: for docs/office where PICTURES=docs says so, else beside the test results.</summary>
internal static class Pictures
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("PICTURES") == "docs" ? Path.Combine(Repository.Root, "docs", "office") : Path.Combine(Repository.Root, "artifacts", "test-results", "office");

    public static Task Take(this IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
}
