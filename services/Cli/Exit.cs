namespace Pipeline.Cli;

/// <summary>Exit codes; scripts rely on them.</summary>
public static class Exit
{
    public const int Done = 0;

    /// <summary>Refused, not balanced, or the thing asked for does not exist.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;

    /// <summary>A part of the system is out of reach; standard error says which.</summary>
    public const int OutOfReach = 3;
}
