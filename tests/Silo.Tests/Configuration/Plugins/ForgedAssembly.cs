using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Silo.Tests.Configuration.Plugins;

/// <summary>Plug-ins as people get them wrong, made without a compiler.</summary>
internal static class ForgedAssembly
{
    public const string ThisFramework = ".NETCoreApp,Version=v10.0";

    /// <param name="folder">Gets the file.</param>
    /// <param name="framework">What it says to be built for.</param>
    /// <param name="orleans">A version of Orleans it says to need; null for none.</param>
    /// <param name="grainType">Of the handler in it; null for a handler without the attribute.</param>
    /// <param name="workers">Of the attribute StatelessWorker; null for a handler without it.</param>
    /// <param name="holdsHandler">False for an assembly with nothing in it.</param>
    /// <param name="attributeOf">An assembly that is nowhere, with an attribute of the handler; null for none.</param>
    public static string Write(
        string folder, string framework = ThisFramework, Version? orleans = null, string? grainType = null, int? workers = 1, bool holdsHandler = true, string? attributeOf = null)
    {
        var name = $"Forged{Guid.NewGuid():N}";
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        assembly.SetCustomAttribute(Attribute<TargetFrameworkAttribute>([typeof(string)], framework));
        var module = assembly.DefineDynamicModule(name);
        if (holdsHandler)
        {
            DefineHandler(module, grainType, workers);
        }

        var metadata = assembly.GenerateMetadata(out var code, out _);
        if (orleans is not null)
        {
            metadata.AddAssemblyReference(metadata.GetOrAddString("Orleans.Core.Abstractions"), orleans, default, default, default, default);
        }

        if (attributeOf is not null)
        {
            AddAttribute(metadata, attributeOf);
        }

        var bytes = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code).Serialize(bytes);
        var path = Path.Combine(folder, $"{name}.dll");
        File.WriteAllBytes(path, bytes.ToArray());
        return path;
    }

    private static void AddAttribute(MetadataBuilder metadata, string assembly)
    {
        var reference = metadata.AddAssemblyReference(metadata.GetOrAddString(assembly), new(1, 0, 0, 0), default, default, default, default);
        var type = metadata.AddTypeReference(reference, metadata.GetOrAddString(assembly), metadata.GetOrAddString("MarkAttribute"));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(0, returns => returns.Void(), _ => { });
        var constructor = metadata.AddMemberReference(type, metadata.GetOrAddString(".ctor"), metadata.GetOrAddBlob(signature));

        // The first type is that of the module.
        metadata.AddCustomAttribute(MetadataTokens.TypeDefinitionHandle(2), constructor, metadata.GetOrAddBlob((byte[])[1, 0, 0, 0]));
    }

    private static void DefineHandler(ModuleBuilder module, string? grainType, int? workers)
    {
        var type = module.DefineType("Forged.HandlerGrain", TypeAttributes.Public, typeof(Grain), [typeof(IAlertHandler)]);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var handle = type.DefineMethod(
            nameof(IAlertHandler.HandleAsync), MethodAttributes.Public | MethodAttributes.Virtual, typeof(Task<HandlerOutcome>), [typeof(AlertBatch)]);
        handle.GetILGenerator().Emit(OpCodes.Ldnull);
        handle.GetILGenerator().Emit(OpCodes.Ret);
        if (grainType is not null)
        {
            type.SetCustomAttribute(Attribute<GrainTypeAttribute>([typeof(string)], grainType));
        }

        if (workers is not null)
        {
            type.SetCustomAttribute(Attribute<StatelessWorkerAttribute>([typeof(int)], workers.Value));
        }

        type.CreateType();
    }

    private static CustomAttributeBuilder Attribute<T>(Type[] types, params object[] values) =>
        new(typeof(T).GetConstructor(types) ?? throw new InvalidOperationException($"{typeof(T).Name} has no such constructor"), values);
}
