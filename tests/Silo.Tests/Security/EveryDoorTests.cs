using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Alerts;
using TomOrleans.Operations;
using TomOrleans.Security;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Security;

/// <summary>P9, by trying: every endpoint and every grain method there is, with every role.</summary>
public sealed class EveryDoorTests(InProcessSilo silo) : IClassFixture<InProcessSilo>
{
    /// <summary>What nobody needs a token for; whoever adds one has to write it here, and why.</summary>
    private static readonly string[] Open =
    [
        "GET /healthz", "GET /readyz", // they tell supervisors whether to restart and to send requests, and nothing else
        "GET /signin", "POST /signin", // how one gets in
        "POST /api/token-auth", // the same for programs of the Toolkit; failed ones are counted
    ];

    /// <summary>Changes that every signed-in visitor may make: they are the visitor's own.</summary>
    private static readonly string[] OwnChanges = ["POST /signout", "POST /_blazor", "POST /_blazor/negotiate", "POST /_blazor/disconnect"];

    private static readonly TomRole[] Roles = [.. Enum.GetValues<TomRole>().Where(role => role != TomRole.Silo)];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Every_endpoint_lets_in_whom_it_should_and_nobody_else()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = silo.Address, Timeout = Limit };
        var doors = Doors().ToList();
        Assert.Contains(doors, door => door.Name == "GET /metrics");
        Assert.Contains(doors, door => door.Name.StartsWith("GET /cluster", StringComparison.Ordinal));
        var wrong = new List<string>();
        foreach (var door in doors)
        {
            var isOpen = Open.Contains(door.Name);
            if (await AskAsync(http, door, null) is var anonymous && (anonymous is HttpStatusCode.Unauthorized) == isOpen)
            {
                wrong.Add($"{door.Name} without a token: {anonymous}");
            }

            foreach (var role in Roles.Where(_ => !isOpen))
            {
                var answer = await AskAsync(http, door, silo.TokenOf(role));
                if ((answer is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) != (role < door.Needs))
                {
                    wrong.Add($"{door.Name} as {role}, needs {door.Needs}: {answer}");
                }

                if (role == TomRole.Reader && door.IsChange && !OwnChanges.Contains(door.Name) && answer is not (HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed))
                {
                    wrong.Add($"{door.Name} changes something and lets a reader in: {answer}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_grain_method_lets_in_whom_it_should_and_nobody_else()
    {
        using var client = await silo.ConnectAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var wrong = new List<string>();
        var methods = typeof(ITomGrain).Assembly.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)).SelectMany(type => type.GetMethods().Select(method => (Type: type, Method: method))).ToList();
        Assert.True(methods.Count > 30);
        foreach (var (type, method) in methods)
        {
            var needs = method.GetCustomAttribute<AllowRoleAttribute>()?.Role ?? TomRole.Silo;
            var grain = Grain(grains, type);
            foreach (var role in Roles)
            {
                var refusal = await CallAsync(grain, method, silo.TokenOf(role));
                if ((refusal is null) != (role >= needs) || (role < needs && refusal != TomFault.Forbidden))
                {
                    wrong.Add($"{type.Name}.{method.Name} as {role}, needs {needs}: {(refusal is null ? "let in" : refusal)}");
                }
            }

            // A wrong one is counted: see below.
            if (await CallAsync(grain, method, "") != TomFault.Unauthenticated)
            {
                wrong.Add($"{type.Name}.{method.Name} without a token");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Ten_wrong_tokens_at_the_gateway_in_a_minute_close_the_door_to_their_address_whatever_the_client_calls_itself()
    {
        await using var own = new Lazily();
        var guessed = await own.SiloAsync();
        var status = typeof(ITomGrain).GetMethod(nameof(ITomGrain.GetStatusAsync))!;
        using (var guessing = await guessed.ConnectAsync())
        {
            var tom = guessing.Services.GetRequiredService<IGrainFactory>().Tom();
            for (var i = 0; i < 10; i++)
            {
                Assert.Null(await CallAsync(tom, status, guessed.TokenOf(TomRole.Reader)));
                Assert.Equal(TomFault.Unauthenticated, await CallAsync(tom, status, $"guess {i}"));
            }
        }

        using var another = await guessed.ConnectAsync();
        RequestContext.Set(CallToken.ContextKey, guessed.TokenOf(TomRole.Admin));
        var refusal = await Assert.ThrowsAsync<TomException>(() => another.Services.GetRequiredService<IGrainFactory>().Tom().GetStatusAsync());
        RequestContext.Clear();
        Assert.Equal(TomFault.Unauthenticated, refusal.Fault);
        Assert.StartsWith("Too many calls with tokens that are not known came from your address; try again in ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_failed_logins_in_a_minute_close_the_door_to_their_address_and_the_page_tells_browsers_to_be_careful()
    {
        await using var own = new Lazily();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = (await own.SiloAsync()).Address };
        using (var page = await http.GetAsync(new Uri("/signin", UriKind.Relative)))
        {
            Assert.Contains("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(page.Headers.GetValues("X-Frame-Options")));
        }

        for (var i = 0; i < 10; i++)
        {
            using var form = new FormUrlEncodedContent([new("token", $"guess {i}")]);
            using var refused = await http.PostAsync(new Uri("/signin", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var right = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new("Token", (await own.SiloAsync()).TokenOf(TomRole.Admin)) } };
        using var blocked = await http.SendAsync(right);
        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.StatusCode);
        Assert.InRange(blocked.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Readiness_goes_down_with_the_order_to_stop_and_before_anything_stops()
    {
        await using var own = new Lazily();
        var stopping = await own.SiloAsync();
        using var http = new HttpClient { BaseAddress = stopping.Address };
        Assert.Equal("ready\n", await http.GetStringAsync(new Uri("/readyz", UriKind.Relative)));

        stopping.App.Lifetime.StopApplication();

        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: stopping\n"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_request_larger_than_a_mebibyte_is_refused()
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var form = new MultipartFormDataContent { { new StringContent(new string('x', (1 << 20) + 1000)), "token" } };
        using var answer = await http.PostAsync(new Uri("/signin", UriKind.Relative), form);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
    }

    private IEnumerable<Door> Doors() => ((IEndpointRouteBuilder)silo.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(method => method is not ("HEAD" or "OPTIONS")).Select(method => new Door(
            method,
            "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
            Path(endpoint),
            endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null,
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Where(data => data.Policy is not null).Select(data => Enum.Parse<TomRole>(data.Policy!)).DefaultIfEmpty(TomRole.Reader).Max())))
        .DistinctBy(door => door.Name);

    /// <summary>Any value for each parameter.</summary>
    private static string Path(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => "1",
        }))));

    private static async Task<HttpStatusCode?> AskAsync(HttpClient http, Door door, string? token)
    {
        using var request = new HttpRequestMessage(new(door.Method), door.Path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Token", token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return response.StatusCode;
        }
        catch (OperationCanceledException)
        {
            // Let in, and still busy.
            return null;
        }
    }

    private IAddressable Grain(IGrainFactory grains, Type type)
    {
        if (type == typeof(IAlertHandler))
        {
            return grains.GetGrain<IAlertHandler>(GrainId.Create("log-handler", "survey/alerts/0/log"));
        }

        var key = type.Name switch
        {
            nameof(ITopicGrain) => "survey/alerts",
            nameof(ITopicWorkerGrain) => "survey/alerts/0",
            nameof(ISiloGrain) or nameof(ISiloTargetsGrain) => silo.App.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(),
            _ => "survey",
        };
        return typeof(IGrainWithStringKey).IsAssignableFrom(type) ? grains.GetGrain(type, key) : typeof(IGrainWithIntegerKey).IsAssignableFrom(type) ? grains.GetGrain(type, 0L) : grains.GetGrain(type, Guid.Empty);
    }

    /// <summary>Null where the call got past the guard, whatever became of it there.</summary>
    private static async Task<TomFault?> CallAsync(IAddressable grain, MethodInfo method, string token)
    {
        RequestContext.Clear();
        RequestContext.Set(CallToken.ContextKey, token);
        try
        {
            var arguments = method.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null).ToArray();
            if (method.Invoke(grain, arguments) is Task call)
            {
                await call.WaitAsync(Limit);
            }

            return null;
        }
        catch (TomException refusal) when (refusal.Fault is TomFault.Forbidden or TomFault.Unauthenticated)
        {
            return refusal.Fault;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    /// <param name="IsPage">Pages take posts as forms, and have none.</param>
    private sealed record Door(string Method, string Pattern, string Path, bool IsPage, TomRole Needs)
    {
        public string Name => $"{Method} {Pattern}";

        public bool IsChange => Method is not "GET" && !IsPage;
    }

    /// <summary>A silo of one test's own, since its door is closed afterwards.</summary>
    private sealed class Lazily : IAsyncDisposable
    {
        private InProcessSilo? _silo;

        public async Task<InProcessSilo> SiloAsync()
        {
            if (_silo is null)
            {
                _silo = new();
                await _silo.InitializeAsync();
            }

            return _silo;
        }

        public async ValueTask DisposeAsync()
        {
            if (_silo is not null)
            {
                await _silo.DisposeAsync();
            }
        }
    }
}
