"""A file system of one file, some of whose bytes cannot be read: FUSE's own protocol (linux/fuse.h), as no library is needed.

usage: failing-file.py FOLDER SIZE [OFFSET+LENGTH ...]

Mounts itself on FOLDER, prints 'ready' and serves FOLDER/file until it is unmounted. Every byte is 5 until it is written. A read
that touches one of the ranges is answered with EIO.
"""
import ctypes
import errno
import os
import stat
import struct
import sys

folder, size = sys.argv[1], int(sys.argv[2])
bad = [tuple(int(number) for number in text.split('+')) for text in sys.argv[3:]]
content = bytearray(b'\5') * size

ROOT, FILE = 1, 2
LOOKUP, FORGET, GETATTR, SETATTR, OPEN, READ, WRITE, STATFS, RELEASE = 1, 2, 3, 4, 14, 15, 16, 17, 18
FSYNC, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, INTERRUPT, BATCH_FORGET = 20, 25, 26, 27, 28, 29, 36, 42
SET_SIZE = 1 << 3


def attributes(node):
    mode, length = (stat.S_IFDIR | 0o755, 0) if node == ROOT else (stat.S_IFREG | 0o666, len(content))
    return struct.pack('<6Q10I', node, length, length // 512, 0, 0, 0, 0, 0, 0, mode, 1, os.getuid(), os.getgid(), 0, 4096, 0)


def answer(opcode, node, body):
    """The bytes of an answer, or the number of an error."""
    if opcode == INIT:
        major, minor, ahead, flags = struct.unpack_from('<4I', body)
        return struct.pack('<4I2H2I2H8I', 7, min(minor, 31), ahead, 0, 12, 9, 1 << 17, 1, 32, 0, *[0] * 8)
    if opcode == LOOKUP:
        if node != ROOT or body != b'file\0':
            return errno.ENOENT
        return struct.pack('<4Q2I', FILE, 0, 0, 0, 0, 0) + attributes(FILE)
    if opcode == SETATTR:
        valid, _, _, length = struct.unpack_from('<2I2Q', body)
        if valid & SET_SIZE:
            del content[length:]
            content.extend(bytes(length - len(content)))
    if opcode in (GETATTR, SETATTR):
        return struct.pack('<Q2I', 0, 0, 0) + attributes(node)
    if opcode in (OPEN, OPENDIR):
        return struct.pack('<Q2I', 0, 0, 0)
    if opcode == READ:
        _, offset, count = struct.unpack_from('<2QI', body)
        failing = any(start < offset + count and offset < start + length for start, length in bad)
        return errno.EIO if failing else bytes(content[offset:offset + count])
    if opcode == WRITE:
        _, offset, count = struct.unpack_from('<2QI', body)
        content[offset:offset + count] = body[40:40 + count]
        return struct.pack('<2I', count, 0)
    if opcode == STATFS:
        return struct.pack('<5Q10I', 1 << 20, 1 << 20, 1 << 20, 2, 2, 4096, 255, 4096, 0, *[0] * 6)
    if opcode in (RELEASE, FSYNC, FLUSH, READDIR, RELEASEDIR):
        return b''
    return errno.ENOSYS


device = os.open('/dev/fuse', os.O_RDWR)
options = f'fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()},allow_other'
libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b'failing-file', os.fsencode(folder), b'fuse', 0, options.encode()) != 0:
    sys.exit('mount: ' + os.strerror(ctypes.get_errno()))

print('ready', flush=True)
while True:
    try:
        request = os.read(device, 1 << 18)
    except OSError as failure:
        if failure.errno == errno.ENODEV:
            break
        if failure.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
            continue
        raise
    _, opcode, unique, node = struct.unpack_from('<2I2Q', request)
    if opcode in (FORGET, BATCH_FORGET, INTERRUPT):
        continue
    result = answer(opcode, node, request[40:])
    error, data = (-result, b'') if isinstance(result, int) else (0, result)
    try:
        os.write(device, struct.pack('<IiQ', 16 + len(data), error, unique) + data)
    except OSError as failure:
        if failure.errno != errno.ENOENT:  # the caller was killed meanwhile
            raise
