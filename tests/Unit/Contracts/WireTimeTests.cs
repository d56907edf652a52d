using System.Globalization;
using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData("2026-11-24T09:30:00Z", "2026-11-24T09:30:00.0000000Z")]
    [InlineData("2026-11-24T09:30:00+0000", "2026-11-24T09:30:00.0000000Z")]
    [InlineData("2026-11-24T09:30:00.000+0000", "2026-11-24T09:30:00.0000000Z")]
    [InlineData("2026-11-24T09:30:00-05:30", "2026-11-24T15:00:00.0000000Z")]
    [InlineData("2026-11-24 09:30:00+01:00", "2026-11-24T08:30:00.0000000Z")]
    [InlineData("2026-11-24t09:30z", "2026-11-24T09:30:00.0000000Z")]
    [InlineData("2026-11-24T09:30:00.1234567Z", "2026-11-24T09:30:00.1234560Z")]
    [InlineData("2026-11-24T09:30:00.123456789Z", "2026-11-24T09:30:00.1234560Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9Z", "9999-12-31T23:59:59.9000000Z")]
    public void A_time_with_its_offset_is_read_to_the_microsecond(string text, string utc) =>
        Assert.Equal(utc, WireTime.Parse(text)?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-24")]
    [InlineData("2026-11-24T09:30:00")]
    [InlineData("2026-11-24T09:30:00.123")]
    [InlineData("2026-11-24T09:30:00Z\n")]
    [InlineData(" 2026-11-24T09:30:00Z")]
    [InlineData("2026-11-24T09:30:00 PM+00:00")]
    [InlineData("2026-11-24T25:00:00Z")]
    [InlineData("2026-02-30T09:30:00Z")]
    [InlineData("2026-11-24T09:30:00+25:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("24.11.2026 09:30:00Z")]
    [InlineData("Tue, 24 Nov 2026 09:30:00 GMT")]
    [InlineData("20261124T093000Z")]
    [InlineData("1732440600")]
    [InlineData("٢٠٢٦-11-24T09:30:00Z")]
    public void Anything_else_is_not_a_time(string text) => Assert.Null(WireTime.Parse(text));

    [Fact]
    public void A_date_is_its_first_moment_in_UTC()
    {
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), WireTime.ParseDateOrTime("2024-03-01"));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 8, 0, 0, TimeSpan.Zero), WireTime.ParseDateOrTime("2024-03-01T09:00:00+01:00"));
        Assert.Null(WireTime.ParseDateOrTime("2024-02-30"));
    }
}
