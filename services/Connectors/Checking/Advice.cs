using Pipeline.Connectors.Engine.Http;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking;

/// <summary>What a failure means for the one who set the system up, and what to do about it. Pure.</summary>
/// <param name="system">Whose settings are named.</param>
/// <param name="feed">What was asked for.</param>
public sealed class Advice(ConfiguredSystem system, string feed)
{
    public CheckProblem Of(Problem problem) => problem switch
    {
        { Kind: ProblemKind.HostNotFound } => Say("host_not_found", $"The host {Host} is not found.", $"Correct {Variable("BaseUrl")}. If it is right, the name server of this machine does not know it."),
        { Kind: ProblemKind.ConnectionRefused } => Say("connection_refused", $"{system.Address.Authority} refuses the connection.", $"Correct {Variable("BaseUrl")}, its port included, or start what is to answer there."),
        { Kind: ProblemKind.Unreachable } => Say("unreachable", $"No way leads to {Host}: {problem.Words}", "Look at the network and its firewalls, from the machine that the connectors run on."),
        { Kind: ProblemKind.Tls } => Say("tls_failed", $"{Host} does not make a connection that is secure: {problem.Words}", $"Look at the host's certificate, at the clock of this machine, and whether {Variable("BaseUrl")} is to begin with http or https."),
        { Kind: ProblemKind.Timeout } => Say("timeout", FormattableString.Invariant($"{Host} does not answer within {SystemChecks.PatienceWith(system).TotalSeconds} seconds."), "Try again. If it stays so, a firewall may swallow the requests, or the system is slow just now."),
        { Kind: ProblemKind.Broken } => Say("connection_broken", $"The connection to {Host} broke: {problem.Words}", "Try again. If it stays so, look at what is between: a proxy, a load balancer."),
        { Kind: ProblemKind.TooLarge } => Say("answer_too_large", $"The answer is too large: {problem.Words}", $"Lower {Variable("PageSize")}, or look at what answers at {Variable("BaseUrl")}."),
        { Kind: ProblemKind.NotJson } => Say("not_json", $"Answered {problem.Status} with {problem.Words}.", $"It is a page for people, often for the login. Correct {Variable("BaseUrl")}: it is the address of the API.", problem.Status),
        { Kind: ProblemKind.UnknownShape } => Say("unknown_shape", problem.Words, $"Look whether {Variable("BaseUrl")} is this system's, and whether its API has a new version."),
        _ => OfStatus(problem),
    };

    /// <summary>The system asks for a wait, or has asked the pollers for it, or little is left of what it lets them ask.</summary>
    public CheckProblem Paced(TimeSpan wait) => new(
        "over_limit", FormattableString.Invariant($"The limit of requests is reached, or nearly: the next one may be made in {Math.Ceiling(wait.TotalSeconds)} seconds."), "Wait for that time and check again. The pipeline waits by itself.", null, Math.Ceiling(wait.TotalSeconds));

    /// <summary>Every record is unmappable.</summary>
    public CheckProblem NothingMapped(long read, string first) => Say(
        "nothing_mapped", $"None of {read} records can be mapped: {first}", $"Look whether {Variable("BaseUrl")} is this system's, and at the settings that name its fields.");

    private CheckProblem OfStatus(Problem problem)
    {
        var answered = $"Answered {problem.Status}{(problem.ForToken ? " as a token was asked for" : "")}{(problem.Words.Length > 0 ? $": {problem.Words}" : ".")}";
        var (code, advice) = problem.Status switch
        {
            401 => ("credentials_refused", Credentials),
            400 or 403 when problem.ForToken => ("credentials_refused", Credentials),
            402 or 403 => ("permission_missing", $"The credentials lack a permission for {feed}, or the plan lacks it. Give the right to read {feed} to whom {Secrets} belongs."),
            404 => ("not_found", $"Correct {Variable("BaseUrl")}: the path of the API is added to it. If it is right, the plan of the system may lack {feed}."),
            406 => ("not_acceptable", $"The system does not speak the version or type that is asked for. Look at {Version}."),
            410 => ("gone", $"The system has switched this off for good. Look at {Version}; else the connector must learn the new way."),
            429 => ("over_limit", "Wait and check again. The pipeline waits by itself."),
            >= 500 => ("server_error", "The fault is the system's. Try again in some minutes."),
            >= 300 and < 400 => ("redirected", $"Correct {Variable("BaseUrl")}: it is to be the address that answers itself. Nothing is followed, for the credentials would go there."),
            _ => ("request_refused", $"Look at the settings that become part of the request, such as field names. Some systems let {feed} be read once at a time: if the pipeline reads it just now, check again later."),
        };
        return Say(code, answered, advice, problem.Status);
    }

    private string Host => system.Address.Host;

    private string Version => system.Settings.Any(setting => setting.Name == "ApiVersion") ? Variable("ApiVersion") : Variable("BaseUrl");

    /// <summary>Those that are not required are of other things, such as proofs of webhooks.</summary>
    private string Secrets => string.Join(" and ", system.Settings.Where(setting => setting is { IsSecret: true, Otherwise: "required" }).Select(setting => Variable(setting.Name)));

    private string Credentials => $"Look at {Secrets} (or the file in its place){Beside}: it is wrong, has expired or was revoked.";

    private string Beside => system.System.Authentication switch
    {
        Authentication.Basic => " and at the user beside it",
        Authentication.ClientCredentials => " and at the client id beside it",
        _ => "",
    };

    private string Variable(string setting) => SettingList.Variable(system.Name, setting);

    private static CheckProblem Say(string code, string detail, string advice, int? status = null) => new(code, detail, advice, status, null);
}
