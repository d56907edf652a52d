using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>How often which fault is played, over all systems. The n-th request to a system has the same fault on every run.</summary>
[Settings("Simulator:Faults")]
public sealed class FaultSettings
{
    [Setting("Share of requests answered with 500.", Minimum = 0, Maximum = 1)]
    public double ServerError { get; set; }

    [Setting("Share of requests answered with 503 and Retry-After 1.", Minimum = 0, Maximum = 1)]
    public double Unavailable { get; set; }

    [Setting("Share of requests answered late, by SlowSeconds.", Minimum = 0, Maximum = 1)]
    public double Slow { get; set; }

    [Setting("Share of requests whose connection is cut in the middle of the body.", Minimum = 0, Maximum = 1)]
    public double Cut { get; set; }

    [Setting("Share of requests answered with half of the JSON, as if it were all.", Minimum = 0, Maximum = 1)]
    public double Truncated { get; set; }

    [Setting("Share of requests answered with 200 and an HTML page.", Minimum = 0, Maximum = 1)]
    public double Html { get; set; }

    [Setting("How late a slow answer is, in seconds.", Minimum = 0, Maximum = 600)]
    public double SlowSeconds { get; set; } = 3;
}
