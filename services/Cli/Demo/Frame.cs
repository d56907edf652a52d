namespace Pipeline.Cli.Demo;

/// <summary>One frame of the live picture.</summary>
public sealed record Frame(Picture Picture, Standing Standing)
{
    public static Frame Of(Picture picture) => new(picture, Standing.Of(picture));
}
