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
    return {"pipe.start_s": pipe_start(), "run.rss_mb": run_memory()}


def pipe_start() -> float:
    """Seconds from starting `seintje pipe` until the first message is answered."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "pipe", "--db", f"sqlite:///{folder}/bench.db"],
            input='{"from": "mieke", "text": "hallo"}\n',
            check=True,
            capture_output=True,
            text=True,
        )
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
    settings = {"SEINTJE_DATABASE_URL": f"sqlite:///{folder}/bench.db", "SEINTJE_WEB_PORT": str(port)}
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
