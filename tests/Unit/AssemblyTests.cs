using Xunit;
namespace MmapPS.Unit;
public class AssemblyTests { [Fact] public void A() => Assert.True(true); }
