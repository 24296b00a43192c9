# Functions of Windows that specs ask, imported without the module: $oracle::NAME(...).

$oracle = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly('Oracle', 'Run').DefineDynamicModule('Oracle').DefineType('Kernel32', 'Public')
foreach ($import in @(
        @{ Name = 'VirtualQuery'; Returns = [UIntPtr]; Takes = [IntPtr], [byte[]], [UIntPtr] }
        @{ Name = 'K32GetMappedFileNameW'; Returns = [uint32]; Takes = [IntPtr], [IntPtr], [byte[]], [uint32] }
        @{ Name = 'QueryDosDeviceW'; Returns = [uint32]; Takes = [string], [byte[]], [uint32] }
        @{ Name = 'GetCompressedFileSizeW'; Returns = [uint32]; Takes = [string], [uint32[]] }
        @{ Name = 'K32QueryWorkingSetEx'; Returns = [uint32]; Takes = [IntPtr], [long[]], [uint32] }
    )) {
    $method = $oracle.DefinePInvokeMethod(
        $import.Name, 'kernel32.dll', 'Public, Static, PinvokeImpl', 'Standard', $import.Returns, $import.Takes, 'Winapi', 'Unicode')
    $method.SetImplementationFlags('PreserveSig')
}

$oracle = $oracle.CreateType()
