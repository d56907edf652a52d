using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Pipeline.Hosting.Storage;

/// <summary>Tells a failure of the surroundings, which passes and is waited out, from one of the message, which does not.</summary>
public static class Transient
{
    public static bool Is(Exception exception) => exception switch
    {
        WriteConflictException => true,
        PostgresException postgres => postgres.IsTransient || Passing(postgres.SqlState),
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        AlreadyClosedException or OperationInterruptedException or BrokerUnreachableException => true,
        AggregateException many => many.InnerExceptions.All(Is),
        _ => exception.InnerException is { } inner && Is(inner),
    };

    /// <summary>57: stopped by an operator; 53: out of disk, memory or connections; 40: serialisation and deadlock; 25P02 and 55P03 follow from these; 3D: the database is being made.</summary>
    private static bool Passing(string sqlState) =>
        sqlState[..2] is "57" or "53" or "40" or "08" || sqlState is "25P02" or "25P03" or "55P03" or "3D000" or "25006";
}

/// <summary>Another writer changed the same rows between our read and our write. Nothing was written; read again and decide anew.</summary>
public sealed class WriteConflictException(string message) : Exception(message);
