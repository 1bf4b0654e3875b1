"""How soon Seintje answers after it is started, and how much memory it takes while it runs."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.measure import Figures, megabytes

PATIENCE_S = 60


def measure() -> Figures:
    """Figures of whole processes, each with a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        first, again = pipe_start(folder), pipe_start(folder)
    return {"pipe.start_s": first, "pipe.restart_s": again, "run.rss_mb": run_memory()}


def pipe_start(folder: str) -> float:
    """Seconds from starting `seintje pipe` until its first message is answered; the database is made when it is new."""
    command = [sys.executable, "-m", "assistant", "pipe", "--db", f"sqlite:///{folder}/bench.db"]
    line = '{"from": "mieke", "text": "hallo"}\n'
    begun = time.perf_counter()
    done = subprocess.run(command, input=line, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - begun
    assert '"to": "mieke"' in done.stdout, f"no answer: {done.stdout[-300:]}"
    return seconds


def run_memory() -> float:
    """Megabytes of a running demo that has served its page."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder), port) as process:
        ask(port, process)
        return megabytes(process.pid, "VmRSS")


@contextmanager
def demo(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A running `seintje demo` on its own port and database."""
    settings = {"XDG_DATA_HOME": str(folder), "SEINTJE_WEB_PORT": str(port)}
    command = [sys.executable, "-m", "assistant", "demo"]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def ask(port: int, process: subprocess.Popen[bytes]) -> None:
    """Fetch the page, as soon as somebody listens. Raises TimeoutError after a minute."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, "the demo stopped"
        with closing(socket.socket()) as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                door.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
                while door.recv(65536):
                    pass
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")


def free_port() -> int:
    """A port nobody uses at this moment."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])
