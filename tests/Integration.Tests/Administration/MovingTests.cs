using System.Text.Json.Nodes;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Administration;

/// <summary>A TOM that is moved from SQLite to PostgreSQL, backed up and restored, goes on where it stood.</summary>
public sealed class MovingTests(PostgreSqlServer server)
{
    private const int Partitions = 2;

    [Fact, Trait("Category", "Long")]
    public async Task A_TOM_moved_to_PostgreSQL_and_restored_from_its_dump_reads_on_without_a_gap_or_a_repeat()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        var moved = await server.CreateDatabaseAsync();
        await using var scene = await FaultScene.StartAsync(Partitions, _ => [FaultScene.Hermes]);
        await scene.ProduceAsync(200);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using (var client = await TomClient.ConnectAsync(silo))
            {
                await scene.SettledAsync(client, "hermes");
            }

            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        await ConfigureAsync(scene, moved);
        var (exitCode, output, error) = await SiloProcess.RunAsync(["--config", scene.ConfigFile, "db", "copy", "--from", scene.DataFolder]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("200 photometry", output, StringComparison.Ordinal);
        var (again, _, refusal) = await SiloProcess.RunAsync(["--config", scene.ConfigFile, "db", "copy", "--from", scene.DataFolder]);
        Assert.Equal(1, again);
        Assert.Contains("is not empty", Assert.Single(refusal.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        await scene.ProduceAsync(100);
        await RunAsync(scene);
        new Verifier(scene.Ledger, FaultScene.Topic, await Books.ReadPostgreSqlAsync(moved, FaultScene.Topic)).AllHandled("hermes").PointsAreStoredOnce();

        // What is produced after the dump is in Kafka still, and read again from the restored cursors.
        var restored = await server.CreateDatabaseAsync();
        var dump = scene.FileNamed("tom.dump");
        await PostgreSqlTool.RunAsync("pg_dump", moved, "--format=custom", $"--file={dump}");
        await PostgreSqlTool.RunAsync("pg_restore", restored, "--no-owner", "--exit-on-error", dump);
        await scene.ProduceAsync(50);
        await ConfigureAsync(scene, restored);
        await RunAsync(scene);
        new Verifier(scene.Ledger, FaultScene.Topic, await Books.ReadPostgreSqlAsync(restored, FaultScene.Topic)).AllHandled("hermes").PointsAreStoredOnce();
    }

    [Fact]
    public async Task Files_backed_up_beside_a_running_silo_are_a_TOM_that_catches_up()
    {
        await using var scene = await FaultScene.StartAsync(Partitions, _ => [FaultScene.Hermes]);
        await scene.ProduceAsync(100);
        var backup = scene.FileNamed("backup");
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            await scene.SettledAsync(client, "hermes");
            var (exitCode, _, error) = await SiloProcess.RunAsync(["--config", scene.ConfigFile, "--data", scene.DataFolder, "db", "backup", "--to", backup]);
            Assert.True(exitCode == 0, error);
            await scene.ProduceAsync(100);
            await scene.SettledAsync(client, "hermes");
            await silo.KillAsync();
        }

        Directory.Delete(scene.DataFolder, recursive: true);
        Directory.Move(backup, scene.DataFolder);
        await RunAsync(scene);
        (await scene.VerifyAsync()).AllHandled("hermes").PointsAreStoredOnce();
    }

    private static async Task RunAsync(FaultScene scene)
    {
        await using var silo = await scene.StartSiloAsync();
        await using (var client = await TomClient.ConnectAsync(silo))
        {
            await scene.SettledAsync(client, "hermes");
        }

        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task ConfigureAsync(FaultScene scene, string connection)
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(scene.ConfigFile))!;
        configuration["CLUSTER"] = new JsonObject { ["KIND"] = "postgresql", ["CONNECTION"] = connection };
        await File.WriteAllTextAsync(scene.ConfigFile, configuration.ToJsonString());
    }
}
