"""Starts `seintje run` quickly, many times: the imports are done once, each process is forked from here.

A line on standard input starts one at that port; its process id comes back on standard output. Arguments: the file for
what it logs, and the file that says how many seconds its clock is off. Each is a process of its own and dies of
`kill -9` as any other.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import assistant.app
import assistant.channels.configured
import assistant.channels.service
import db.migrate  # noqa: F401  imported for those to come
from assistant import cli


class FaultyClock(assistant.app.Clock):
    """The clock of a machine that is set right, or wrong, while we run."""

    said_by: Path

    def now(self) -> datetime:
        """This moment, and as far off as the file says."""
        return datetime.now(UTC) + timedelta(seconds=float(self.said_by.read_text()))


def main(log: Path, off: Path) -> None:
    """Start one per line until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are buried at once
    FaultyClock.said_by = off
    for line in sys.stdin.buffer:  # the text of it stays untouched, as a new process finds it
        child = os.fork()
        if child == 0:
            live(log, line.decode().strip())
        print(child, flush=True)


def live(log: Path, port: str) -> None:
    """Be `seintje run` at this port; how it ends is the last that it logs."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((null, 0), (out, 1), (out, 2)):
        os.dup2(ours, theirs)
    os.environ["SEINTJE_WEB_PORT"] = port
    setattr(assistant.app, "Clock", FaultyClock)  # noqa: B010  so that mypy sees no new type
    code = cli.main(["run"])
    os.write(out, f"ended {code}\n".encode())
    os._exit(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
