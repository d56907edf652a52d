using Pipeline.VendorSimulator.Systems.Salesforce;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class SoqlTests
{
    private static readonly IReadOnlyList<SalesforceRecord> Records = SalesforceData.Of(AccountWorld.Of(20261124), deletedRecords: 0);

    [Theory]
    [InlineData("SELECT Id FROM Account")]
    [InlineData("SELECT AccountId, LastName FROM contact")]
    [InlineData("SELECT Id, Amount FROM Opportunity WHERE Amount > 1000.5 AND CloseDate > 2026-01-01")]
    [InlineData("SELECT Id, SuppliedEmail FROM Case")]
    [InlineData("select id, name from account where systemmodstamp >= 2025-06-01T00:00:00Z order by systemmodstamp asc, id limit 10")]
    [InlineData("SELECT Id FROM Account WHERE SystemModstamp >= 2025-06-01T00:00:00.000+0000 AND SystemModstamp < 2025-07-01T00:00:00+00:00 ORDER BY SystemModstamp, Id")]
    [InlineData("SELECT Id FROM Account WHERE (SystemModstamp > 2025-06-01T00:00:00Z OR (SystemModstamp = 2025-06-01T00:00:00Z AND Id > '001')) AND Type = 'Customer'")]
    [InlineData("SELECT Id FROM Account WHERE Type IN ('Customer', 'O\\'Prospect') AND Account_ID__c != null AND IsDeleted = false AND Customer_Since__c > 2020-01-01")]
    public void Reads_what_a_reader_of_one_object_asks(string soql) => Assert.Null(SoqlReader.Read(soql).Error);

    [Theory]
    [InlineData("", "MALFORMED_QUERY")]
    [InlineData("SELECT", "MALFORMED_QUERY")]
    [InlineData("SELECT FROM Account", "INVALID_FIELD")]
    [InlineData("SELECT Id, FROM Account", "INVALID_FIELD")]
    [InlineData("SELECT Id Account", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE SystemModstamp >= '2025-06-01T00:00:00Z'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE SystemModstamp >= 2025-06-01", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE SystemModstamp >= 2025-06-01T00:00:00.000 0000", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE Type LIKE 'Cust%'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE Type = 'a' AND Type = 'b' OR Type = 'c'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE (Type = 'a'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account WHERE Type = 'a", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account ORDER SystemModstamp", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account LIMIT many", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Account; DROP", "MALFORMED_QUERY")]
    [InlineData("SELECT Id, Colour__c FROM Account", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Account WHERE Colour__c = 'red'", "INVALID_FIELD")]
    [InlineData("SELECT Id, StageName FROM Contact", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Lead", "INVALID_TYPE")]
    public void Refuses_what_it_cannot_read(string soql, string code) => Assert.Equal(code, SoqlReader.Read(soql).Error?.Code);

    [Fact]
    public void The_lower_bound_is_inclusive_and_takes_milliseconds()
    {
        var one = Records[50];
        Assert.Contains(one, Run($"SELECT Id FROM Account WHERE SystemModstamp >= {SalesforceData.Time(one.Stamp)}"));
        Assert.DoesNotContain(one, Run($"SELECT Id FROM Account WHERE SystemModstamp >= {SalesforceData.Time(one.Stamp.AddMilliseconds(1))}"));
        Assert.DoesNotContain(one, Run($"SELECT Id FROM Account WHERE SystemModstamp > {SalesforceData.Time(one.Stamp)}"));
        Assert.Contains(one, Run($"SELECT Id FROM Account WHERE SystemModstamp = {SalesforceData.Time(one.Stamp)}"));
    }

    [Fact]
    public void Conditions_combine_as_they_say()
    {
        Assert.Equal(12, Run("SELECT Id FROM Account WHERE Type = 'prospect'").Count);
        Assert.Equal(15, Run("SELECT Id FROM Account WHERE Zuora_Account_Id__c != null").Count);
        Assert.Equal(6, Run("SELECT Id FROM Account WHERE Account_ID__c = null").Count);
        Assert.Equal(2, Run("SELECT Id FROM Account WHERE Account_ID__c IN ('70001', '90071992547409931', 'x')").Count);
        Assert.Equal(18, Run("SELECT Id FROM Account WHERE (Type = 'Prospect' OR Account_ID__c = null)").Count);
        Assert.Empty(Run("SELECT Id FROM Account WHERE Type = 'Prospect' AND Account_ID__c = null"));
    }

    [Fact]
    public void Orders_by_each_field_in_its_direction()
    {
        var found = Run("SELECT Id FROM Account ORDER BY SystemModstamp DESC, Id LIMIT 3");
        Assert.Equal(Records.OrderByDescending(record => record.Stamp).Take(3), found);
    }

    [Fact]
    public void Records_of_one_stamp_lie_across_the_end_of_a_page()
    {
        var always = Records.Where(record => record.Visibility == Visibility.Always).ToArray();
        Assert.Equal(always[199].Stamp, always[200].Stamp);
    }

    [Theory]
    [InlineData("001A0000006Vm9r", "001A0000006Vm9rIAC")]
    [InlineData("003D000000QV9n2", "003D000000QV9n2IAD")]
    public void Ids_of_18_characters_end_as_the_real_ones_do(string id15, string id18) => Assert.Equal(id18, SalesforceId.WithSuffix(id15));

    private static IReadOnlyList<SalesforceRecord> Run(string soql) => SoqlReader.Read(soql).Query!.Run(Records);
}
