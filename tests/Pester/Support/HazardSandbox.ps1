# A wrapper that starts a program in a sandbox which refuses process_vm_readv(2) and process_vm_writev(2).

function Get-SandboxWrapper {
    <#
    .SYNOPSIS
        The words that start a program with these calls answered by an error: 1 is EPERM, as of Docker's default, 38 ENOSYS.
    #>
    param([int] $Errno)

    # seccomp(2): load the number of the system call, answer two numbers with the error, allow the rest.
    $program = @'
import ctypes, os, platform, struct, sys
machine = platform.machine()
read, write = {'x86_64': (310, 311), 'aarch64': (270, 271)}[machine]
refuse = 0x00050000 | int(sys.argv[1])
def step(code, yes, no, value): return struct.pack('HBBI', code, yes, no, value)
steps = [step(0x20, 0, 0, 0), step(0x15, 2, 0, read), step(0x15, 1, 0, write),
         step(0x06, 0, 0, 0x7fff0000), step(0x06, 0, 0, refuse)]
code = ctypes.create_string_buffer(b''.join(steps))
filter = ctypes.create_string_buffer(struct.pack('HxxxxxxP', len(steps), ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
for call in ((38, 1, 0, 0, 0), (22, 2, ctypes.addressof(filter), 0, 0)):
    if libc.prctl(*[ctypes.c_ulong(word) for word in call]) != 0:
        sys.exit('prctl: ' + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[2], sys.argv[2:])
'@
    'python3', '-c', $program, "$Errno"
}
