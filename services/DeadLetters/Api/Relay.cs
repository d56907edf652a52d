using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.DeadLetters.Access;
using Pipeline.Hosting.Operations;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.DeadLetters.Api;

/// <summary>Questions and orders that another service answers: the office asks for whoever has a role here.</summary>
internal static class Relay
{
    /// <param name="nothing">What is said where the service knows nothing of it.</param>
    /// <param name="within">What of the answer the caller may see; null for all of it.</param>
    public static async Task<Results<Report<T>, ProblemHttpResult>> AskAsync<T>(
        this Neighbours neighbours, string service, string path, JsonTypeInfo<T> type, string nothing, CancellationToken cancellation,
        string by = nameof(Neighbours), Stream? question = null, Func<T, T>? within = null) where T : class
    {
        var answer = await neighbours.AskAsync(service, path, type, cancellation, by, question);
        if (answer.Failure is { } failure) return TypedResults.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable);
        if (answer.Value is not { } value) return TypedResults.Problem(nothing, statusCode: StatusCodes.Status404NotFound);
        return Json(within is null ? value : within(value), type);
    }

    /// <param name="signed">The order with the name of whoever gives it, where that is proven; refused where it is null.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> OrderAsync<T>(
        this Neighbours neighbours, string service, string path, HttpContext context, JsonTypeInfo<T> type, Func<T, Caller, T> signed, CancellationToken cancellation, Func<T, Caller, string?>? refused = null) where T : class
    {
        if (await ReadAsync(context.Request, type, cancellation) is not { } order) return TypedResults.Problem("The body is no such order: its author and reason are missing, or something that it is about.", statusCode: StatusCodes.Status400BadRequest);
        var caller = Caller.Of(context);
        if (refused?.Invoke(order, caller) is { } why) return Guard.Refused(why);
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(signed(order, caller), type));
        var (status, answer) = await neighbours.OrderAsync(service, path, body, cancellation);
        return answer is null ? TypedResults.NoContent() : TypedResults.Problem(answer, statusCode: (int)status);
    }
}
