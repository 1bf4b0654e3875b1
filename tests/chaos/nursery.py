"""Starts `seintje run` quickly, many times: the imports are done once, each process is forked from here.

A line on standard input starts one; its process id comes back on standard output. What it logs goes to the file that is
the only argument. Each is a process of its own and dies of `kill -9` as any other.
"""

import os
import signal
import sys
from pathlib import Path

import assistant.app
import assistant.channels.service
import assistant.channels.telegram  # noqa: F401  imported for those to come
import db.migrate  # noqa: F401
from assistant import cli


def main(log: Path) -> None:
    """Start one per line until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are buried at once
    for _ in sys.stdin.buffer:  # the text of it stays untouched, as a new process finds it
        child = os.fork()
        if child == 0:
            live(log)
        print(child, flush=True)


def live(log: Path) -> None:
    """Be `seintje run`."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((null, 0), (out, 1), (out, 2)):
        os.dup2(ours, theirs)
    os._exit(cli.main(["run"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
