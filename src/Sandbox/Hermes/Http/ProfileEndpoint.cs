using System.Collections.Concurrent;
using System.Numerics;
using TomOrleans.HermesRules.Validation;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary><c>profile/</c> and <c>topics/</c>: who the token belongs to and which topics there are. Only <c>default_topics_list</c> can be changed.</summary>
internal sealed class ProfileEndpoint(IReadOnlyList<string> topics)
{
    private readonly ConcurrentDictionary<string, WireList> _defaultTopics = new();

    public async Task<Answer> HandleAsync(Exchange exchange)
    {
        var account = exchange.Account!;
        if (!account.HasProfile)
        {
            throw new HermesCrashException("an account without a profile");
        }

        if (exchange.Method is "PUT" or "PATCH")
        {
            var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
            if ((body.Json as WireObject)?.Get("default_topics_list") is WireList list)
            {
                _defaultTopics[account.Token] = list;
            }
        }

        return Answer.Json(200, Profile(account));
    }

    public Task<Answer> TopicsAsync(Exchange exchange) =>
        Task.FromResult(Answer.Json(200, new WireObject { ["topics"] = new WireList(topics) }));

    private WireObject Profile(StandInAccount account) => new()
    {
        ["api_token"] = account.Token,
        ["email"] = account.Email,
        ["credential_name"] = account.CredentialName ?? "",
        ["writable_topics"] = new WireList(account.CredentialName is null ? [] : account.WritableTopics ?? topics),
        ["integrated_apps"] = new WireList(),
        ["can_submit_to_gcn"] = false,
        ["tns_bot_id"] = BigInteger.MinusOne,
        ["tns_bot_name"] = "",
        ["group_memberships"] = new WireObject { ["hermes"] = "Member" },
        ["default_topics_list"] = _defaultTopics.GetValueOrDefault(account.Token) ?? [],
    };
}
