using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Api.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Toolkit;

/// <summary><c>api/dataproducts/</c> where what is in a file cannot be stored when it comes: the endpoints over HTTP, on grains that fail as a lost database does.</summary>
public sealed class FailingReadingTests : IAsyncLifetime
{
    private readonly Products _products = new();
    private readonly Spectra _spectra = new();
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var grains = DispatchProxy.Create<IGrainFactory, GrainsByInterface>();
        ((GrainsByInterface)(object)grains).Grains = [_products, _spectra];
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(grains);
        builder.Services.AddSingleton<TokenRoles>(_ => throw new NotSupportedException());
        builder.Services.AddSingleton<FailedLogins>(_ => throw new NotSupportedException());
        builder.Services.AddAuthorizationBuilder().AddPolicy(nameof(TomRole.Contributor), policy => policy.RequireAssertion(_ => true));
        _app = builder.Build();
        _app.UseAuthorization();
        _app.MapToolkit();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _http.BaseAddress = new(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_file_whose_data_could_not_be_stored_is_not_listed_and_the_same_again_stores_both()
    {
        _spectra.Fault = new(TomFault.Unavailable, "The database does not answer.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await UploadAsync()).Status);
        Assert.Empty(_products.Kept);

        _spectra.Fault = null;
        var (status, body) = await UploadAsync();

        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        Assert.Equal((1, 1), (_products.Kept.Count, _spectra.Stored));
    }

    [Fact]
    public async Task A_file_that_would_not_be_kept_is_not_read()
    {
        await UploadAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await UploadAsync()).Status);
        Assert.Equal((1, 1), (_products.Kept.Count, _spectra.Stored));
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> UploadAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("7"), "target" },
            { new StringContent("spectroscopy"), "data_product_type" },
            { new StringContent("their-1"), "product_id" },
            { new StringContent("wavelength,flux\n4000,1\n"), "file", "s.csv" },
        };
        using var answer = await _http.PostAsync("api/dataproducts/", form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken) ?? []);
    }

    private sealed class Products : IDataProductsGrain
    {
        public List<DataProductDraft> Kept { get; } = [];

        public Task CheckAsync(DataProductDraft draft) =>
            Kept.Exists(other => other.ProductId == draft.ProductId) ? throw new TomException(TomFault.Conflict, "data product with this product id already exists.") : Task.CompletedTask;

        public async Task<DataProduct> AddAsync(DataProductDraft draft)
        {
            await CheckAsync(draft);
            Kept.Add(draft);
            return new() { Id = Kept.Count, Target = draft.Target, Type = draft.Type, FileName = draft.FileName, ExtraData = "", Size = draft.Content.Length, CreatedMicroseconds = 0, CreatedBy = "a test" };
        }

        public Task<DataProductPage> ListAsync(long? target, int offset, int limit) => throw new NotSupportedException();

        public Task<DataProductPage> SearchAsync(string text, int offset, int limit) => throw new NotSupportedException();

        public Task<DataProductContent> GetContentAsync(long id) => throw new NotSupportedException();

        public Task RemoveAsync(long id) => throw new NotSupportedException();
    }

    private sealed class Spectra : ITargetSpectraGrain
    {
        public TomException? Fault { get; set; }

        public int Stored { get; private set; }

        public Task<SpectrumReceipt> ImportAsync(SpectrumFile file)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            Stored++;
            return Task.FromResult(new SpectrumReceipt(PointFate.New, new() { Time = new(0), Origin = "a test" }));
        }

        public Task<ImmutableArray<PointFate>> RecordAsync(ImmutableArray<Spectrum> spectra) => throw new NotSupportedException();

        public Task<ImmutableArray<SpectrumHead>> ListAsync() => throw new NotSupportedException();

        public Task<Spectrum> GetAsync(long id) => throw new NotSupportedException();
    }
}

/// <summary>Gives the grain that has the interface asked for, whatever its key. Not sealed: a proxy is derived from it.</summary>
public class GrainsByInterface : DispatchProxy
{
    public object[] Grains { get; set; } = [];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grains.First(targetMethod!.GetGenericArguments()[0].IsInstanceOfType);
}
