"""Runs a program in a pseudo terminal: terminal.py COLUMNS STEPS PROGRAM [ARGUMENT...]

STEPS is a JSON list: a text to wait for, what is typed then, and so on. Prints what the terminal was shown, and ends with the
program's exit code, or with 124 where a text did not come or the program did not end within two minutes.
"""
import codecs, fcntl, json, os, pty, select, signal, struct, sys, termios, time

columns, steps, command = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    # A shell starts what is in the background with these ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    os.execvp(command[0], command)

decoder = codecs.getincrementaldecoder("utf-8")("replace")
shown, seen, deadline = "", 0, time.monotonic() + 120
while time.monotonic() < deadline:
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        part = os.read(terminal, 65536)
    except OSError:  # EIO: the last program in the terminal has ended.
        part = b""
    if not part:
        break
    text = decoder.decode(part)
    shown += text
    # A program that asks where the cursor is waits for the answer.
    os.write(terminal, b"\x1b[1;1R" * text.count("\x1b[6n"))
    while steps and steps[0] in shown[seen:]:
        seen = shown.index(steps[0], seen) + len(steps[0])
        os.write(terminal, steps[1].encode())
        del steps[:2]
else:
    os.kill(pid, signal.SIGKILL)

sys.stdout.buffer.write(shown.encode())
status = os.waitpid(pid, 0)[1]
if steps or os.WIFSIGNALED(status):
    sys.stderr.write("The terminal waited for %s.\n" % (steps[:1] or "the end"))
    sys.exit(124)
sys.exit(os.WEXITSTATUS(status))
