using Microsoft.Extensions.Hosting;

namespace Pipeline.Benchmarks.Peers;

/// <summary>A program that a run starts in a process of its own.</summary>
internal interface IServed
{
    /// <summary>As the command line of the process names it.</summary>
    string Role { get; }

    /// <summary>Ready to be started; it makes its tables and queues itself when it is.</summary>
    IHost Build(Addresses addresses);
}

/// <summary>
/// A program that does the gatekeeper's whole job: takes children from a quorum queue, keeps each under its account or parks it,
/// lets it in when its account is admitted, and says so in a persistent, confirmed message of its own.
/// </summary>
internal interface IPeer : IServed
{
    /// <summary>As the command line and the figures name it.</summary>
    string Name { get; }

    /// <summary>In a few words.</summary>
    string What { get; }

    /// <summary>How many processes of it read the same queues.</summary>
    int Processes => 1;

    /// <summary>It is given one of so many messages in workloads whose figures are rates, or an hour would go by with the slowest.</summary>
    int OneOf => 1;

    /// <summary>Whether its broker is given the pipeline's definitions first.</summary>
    bool IsDefined => false;

    /// <summary>The columns <c>native_id</c> and <c>account_id</c> of what is in.</summary>
    string Accepted { get; }

    /// <summary>How many accounts it knows as admitted, as one bigint.</summary>
    string Admitted { get; }

    /// <summary>How many children are parked, as one bigint.</summary>
    string Parked { get; }

    /// <summary>How much is committed that is still to be said, as one bigint.</summary>
    string Unsaid => NothingUnsaid;

    /// <summary>For who says it before it acknowledges.</summary>
    const string NothingUnsaid = "select 0::bigint";

    string IServed.Role => Name;
}

/// <summary>Where a peer finds its broker and its database, and where it listens to HTTP, if it does.</summary>
internal sealed record Addresses(Uri Broker, string Database, Uri Http);
