using TomOrleans.Sandbox.Hermes.Archive;
using TomOrleans.HermesRules.Validation;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>
/// <c>submit_message/</c>: checks, publishes, archives, and answers with the normalised message and its uuid. The order of the checks is Hermes':
/// the body first, the credential after it, the broker last.
/// </summary>
internal sealed class SubmitEndpoint(MessageTable table, IMessagePublisher publisher, MessageArchive archive)
{
    private const string NoCredential =
        "User account does not have an associated SCIMMA auth credential. Please logout and log back in.";

    public async Task<Answer> HandleAsync(Exchange exchange)
    {
        var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
        var submitted = body.Json as WireObject ?? throw new HermesCrashException("a body that is no object");
        if (submitted.TryGetValue("data", out var data) && data is not WireObject)
        {
            throw new HermesCrashException("data that is no object");
        }

        var outcome = table.Check(submitted);
        if (outcome.Failed)
        {
            return Answer.Json(400, outcome.Error);
        }

        var message = (WireObject)outcome.Value!;
        RefuseForwarding(submitted);
        SubmittedFiles.Check(message, body);
        if (exchange.Account is { HasProfile: false })
        {
            throw new HermesCrashException("an account without a profile");
        }

        return exchange.Account?.CredentialName is null
            ? Answer.Error(200, NoCredential)
            : await PublishAsync(exchange.Account, PythonText.Str(submitted["topic"]), message);
    }

    /// <summary>Always 200: {} for a valid body, else the errors.</summary>
    public async Task<Answer> ValidateAsync(Exchange exchange)
    {
        var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
        return Answer.Json(200, table.Check(body.Json).Error ?? new WireObject());
    }

    private async Task<Answer> PublishAsync(StandInAccount account, string submittedTopic, WireObject message)
    {
        try
        {
            var topic = HopTopic.FromSubmitted(submittedTopic);
            if (account.WritableTopics?.Contains(topic) == false)
            {
                throw PublishRefusedException.NotWritable();
            }

            var hop = new HopMessage(topic, Guid.NewGuid(), (string)message["title"]!, account.CredentialName!, WireWriter.ToTopic(message));
            // Hermes goes on publishing when its client has given up, so the request's token is not passed on.
            var at = await publisher.PublishAsync(hop, CancellationToken.None);
            archive.Add(hop, at, message);
            message["uuid"] = hop.Id.ToString();
            return Answer.Json(200, message);
        }
        catch (PublishRefusedException e)
        {
            return Answer.Error(400, $"Error posting message to kafka: Error communicating with Kafka: {e.Message}");
        }
    }

    // Hermes' sending code goes by the raw value, to which the text "false" is true.
    private static void RefuseForwarding(WireObject submitted)
    {
        foreach (var flag in (string[])["submit_to_tns", "submit_to_gcn"])
        {
            if (PythonText.IsTruthy(submitted.Get(flag)))
            {
                throw new RefusalException(Answer.Error(400, $"{flag} is not available in the stand-in"));
            }
        }
    }
}
