using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TomOrleans.Silo.Tests")]
