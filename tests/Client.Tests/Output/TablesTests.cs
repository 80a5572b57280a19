using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Tests.Output;

/// <summary>Tables for people, to the character.</summary>
public sealed class TablesTests
{
    [Fact]
    public void Status() => Assert.Equal(
        """
        Las Campanas [red]TOM (sandbox): 2 targets, 12,345 points

         Silo  Address          State   Version  Up         MiB  Configuration
        ───────────────────────────────────────────────────────────────────────
         S1    127.0.0.1:11111  active  0.1.0    3 h 5 min  212  a1b2c3d4


         Stream   Kind     State      Topics  Lag
        ──────────────────────────────────────────
         sandbox  sandbox  connected       1    4

          ! sandbox: gcn.secret: forbidden

         Topic                Handler  State  Consumed  Handled  Ignored  Parked  Dropped  In flight  Behind  Lost  p50 / p99
        ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         sandbox/hermes.test  hermes   live      1,234    1,200       20       3        1         10       4     7  4.2 ms / 1.3 s


         Destination  Kind    State  Queued  Delivered  Rejected  Unconfirmed
        ──────────────────────────────────────────────────────────────────────
         hermes       hermes  ready       1          5         2            0


        """,
        Printed.By(report => StatusOutput.Show(report, Sample.Status, Sample.Now)));

    [Fact]
    public void Status_of_a_TOM_without_streams_and_destinations() => Assert.Equal(
        """
        Las Campanas [red]TOM: 1 target, 12,345 points

         Silo  Address          State   Version  Up         MiB  Configuration
        ───────────────────────────────────────────────────────────────────────
         S1    127.0.0.1:11111  active  0.1.0    3 h 5 min  212  a1b2c3d4

        No streams: none is active in ALERT_STREAMS.
        No destinations: DATA_SHARING is empty.

        """,
        Printed.By(report => StatusOutput.Show(report, Sample.Status with { Streams = [], Destinations = [], IsSandbox = false, Targets = 1 }, Sample.Now)));

    [Fact]
    public void Topics() => Assert.Equal(
        """

         Stream   Topic        Partitions  Consumed  Lag  Last message  Usually every  Heartbeat  Handlers  Waiting for
        ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         sandbox  hermes.test           2     1,234    4  42 s ago      9.4 s                     hermes    the database does not answer


        """,
        Printed.By(report => TopicOutput.ShowList(report, [Sample.Topic], Sample.Now)));

    [Fact]
    public void Notices_stand_before_the_rest_of_the_status_the_new_ones_with_their_level()
    {
        var text = Printed.By(report => StatusOutput.Show(report, Sample.Status with { Notices = [Sample.Notice, Sample.Notice with { Id = 8, SeenMicroseconds = Sample.Time, SeenBy = "anna" }] }, Sample.Now));

        Assert.Contains("      7  alarm  The stream hopskotch is refused: SASL [red] wrong  42 s ago  42 s ago\n", text, StringComparison.Ordinal);
        Assert.Contains("      8  seen   The stream hopskotch is refused: SASL [red] wrong  42 s ago  42 s ago\n", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("alarm", StringComparison.Ordinal) < text.IndexOf("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missed_heartbeat_is_told_of_a_topic()
    {
        var silent = Sample.Topic with { Heartbeat = "silent: no heartbeat on sys.heartbeat since 2026-11-01T02:03:04Z" };

        Assert.Contains("\nHeartbeat: silent: no heartbeat on sys.heartbeat since 2026-11-01T02:03:04Z\n", Printed.By(report => TopicOutput.Show(report, silent, [], Sample.Now)), StringComparison.Ordinal);
        Assert.Contains("  silent: no heartbeat on sys.heartbeat since ", Printed.By(report => TopicOutput.ShowList(report, [silent], Sample.Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void Topic() => Assert.Equal(
        """
        sandbox/hermes.test: 1,234 messages read, the last 42 s ago, usually one every 9.4 s, lag 4

         Partition  Position  Lag  Last message          Age       Silo           Waiting for
        ───────────────────────────────────────────────────────────────────────────────────────────────────────
                 0     1,000    4  2026-11-01T02:03:04Z  42 s ago  S1
                 1       234    0                                  none just now  the database does not answer


         Topic                Handler  State  Consumed  Handled  Ignored  Parked  Dropped  In flight  Behind  Lost  p50 / p99
        ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         sandbox/hermes.test  hermes   live      1,234    1,200       20       3        1         10       4     7  4.2 ms / 1.3 s

        Never seen here: the broker had thrown these messages away, or the topic was deleted and made again.

         Handler  Partition  Offsets                          Noted
        ───────────────────────────────────────────────────────────────────────────
         hermes           1  227 and on, of the topic before  2026-11-01T02:03:04Z
         hermes           0  1,000 to 1,006                   2026-11-01T02:03:04Z


        """,
        Printed.By(report => TopicOutput.Show(report, Sample.Topic, Sample.Lost, Sample.Now)));

    [Fact]
    public void Targets() => Assert.Equal(
        """

         Name      RA [deg]  Dec [deg]  Points  Latest                Band  Brightness
        ───────────────────────────────────────────────────────────────────────────────────────────
         SIM-001  83.633083  -0.014500       2  2026-11-01T02:03:04Z  g     18.2041 ± 0.031 AB mag

        6 to 6 of 7 targets; more with --offset 6

        """,
        Printed.By(report => TargetOutput.ShowList(report, new(7, [Sample.Target]), offset: 5)));

    [Fact]
    public void Target() => Assert.Equal(
        """
        Target                  SIM-001
        Aliases                 AT 2026abc
        RA, Dec [deg, ICRS]     83.633083, -0.014500
        RA, Dec [h m s, d m s]  05:34:31.94 -00:00:52.2
        Points                  2
        Latest                  2026-11-01T02:03:04Z  g  18.2041 ± 0.031 AB mag  by LCO
        Made                    2026-11-01T02:03:04Z by hermes
        Id                      9007199254740993
        Event                   2026-11-01T02:03:04Z  LVK-S260102a  igwn \u001B[31mS260102a (update)  (named AT 2026abc, 0.9 arcsec away)

        """,
        Printed.By(report => TargetOutput.Show(report, Sample.Target, [Sample.TargetEvent])));

    [Fact]
    public void SkyEvent() => Assert.Equal(
        """
        Event     LVK-S260102a
        Title     igwn S260102a
        Names     GW260102
        Type      update
        Written   2026-11-01T02:03:04Z
        Seen      2026-11-01T02:03:04.5Z
        Position  83.633000, -0.014500 [deg], error 3 arcmin
        Version    1  2026-11-01T02:03:04Z  initial  igwn S260102a  gcn/igwn.gwalert/0/1
        Version   *2  2026-11-01T02:03:04Z  update  igwn S260102a  gcn/igwn.gwalert/0/2
        Target    SIM-001  (named AT 2026abc, 0.9 arcsec away)
        Target    SIM-002  (2.4 arcmin away)
        Related   GCN-40001  GW260102: nothing seen

        {
          "far": 1e-9 \u001B[31m
        }

        """,
        Printed.By(report => SkyEventOutput.Show(report, Sample.SkyEventDetail)));

    [Fact]
    public void Photometry() => Assert.Equal(
        """

         Time (UTC)                    MJD  Band  Brightness              Limit          Telescope  Instrument  Origin
        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         2026-11-01T02:03:04Z  61345.08547  g     18.2041 ± 0.031 AB mag                 FTN        MuSCAT3     LCO
         2026-11-02T02:03:04Z  61346.08547  r                             > 20.5 AB mag                         ZTF     retracted

        2 points of SIM-001

        """,
        Printed.By(report => PhotometryOutput.Show(report, Sample.Target, [Sample.Detection, Sample.Limit with { IsRetracted = true }])));

    [Fact]
    public void Shares() => Assert.Equal(
        """

         Id  Created               Destination         Target   Points  State              Attempts  Receipt or reason
        ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         12  2026-11-01T02:03:04Z  hermes:hermes.test  SIM-001       2  delivered, 2 of 2         3  uuid-1, uuid-2
         11  2026-11-01T02:03:04Z  hermes              SIM-001       2  rejected                  1  400: "bandpass" is required


        """,
        Printed.By(report => ShareOutput.ShowList(
            report,
            new(2,
            [
                Sample.Share with { Id = 12, State = ShareState.Delivered, Receipts = ["uuid-1", "uuid-2"], Parts = 2, PartsDelivered = 2, Attempts = 3 },
                Sample.Share with { Id = 11, State = ShareState.Rejected, LastError = "400: \"bandpass\" is required", Topic = null, Attempts = 1 },
            ]),
            offset: 0)));

    [Fact]
    public void Share() => Assert.Equal(
        """
        Share        12
        Destination  hermes:hermes.test
        Target       SIM-001
        Title        Updated data for SIM-001 from the TOM.
        State        queued
        Points       2
        Attempts     2
        Reason       503
        Next try     2026-11-01T02:03:04Z
        Created      2026-11-01T02:03:04Z by admin

        """,
        Printed.By(report => ShareDetailOutput.Show(report, new(Sample.Share with { Id = 12, LastError = "503", NextTryMicroseconds = Sample.Time, Attempts = 2 }, []))));

    [Fact]
    public void Parked() => Assert.Equal(
        """

         Id  Parked                Message                   Handler  State   Attempts  Bytes  Reason
        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
          3  2026-11-01T02:03:04Z  sandbox/hermes.test/1/17  hermes   parked         3  2,048  2 rows could not be read (data.photometry[0]: no time; and 1 more)


        """,
        Printed.By(report => ParkedOutput.ShowList(report, new(1, [Sample.Parked with { Id = 3 }]), offset: 0)));
}
