namespace EngineHost.Specs;

/// <summary>When a block's setup runs.</summary>
internal enum SetupKind
{
    BeforeAll,
    BeforeEach,
    AfterEach,
    AfterAll,
}
