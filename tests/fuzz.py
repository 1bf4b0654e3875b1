"""Looks for a text that cannot be read: `make fuzz`, or `python -m tests.fuzz MINUTES`.

atheris changes texts so that they reach code that no text before them reached. Where it cannot be installed,
hypothesis makes texts for as long. Either stops at the first text that breaks a promise of `tests.nlu.shapes.check`,
and shows it.
"""

import importlib
import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

ROUND = 500  # texts before hypothesis looks at the clock again


def main(minutes: float) -> None:
    """Search for that long, with the best there is."""
    if importlib.util.find_spec("atheris"):
        with_atheris(minutes)
    else:
        print("atheris is not installed here: hypothesis makes the texts", flush=True)
        with_hypothesis(minutes)


def with_atheris(minutes: float) -> None:
    """Beginning with real messages; leaves the process when it is done."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["nlu"]):  # it counts what is reached in code imported here only
        from nlu import Context  # noqa: PLC0415
        from tests.nlu import shapes  # noqa: PLC0415

    def one(data: bytes) -> None:
        """The first byte is what was said before, the others are the text."""
        said = data[0] if data else 0
        form = shapes.FORMS[said % 4]
        context = Context(shapes.TODAY, form=form, forwarded=said > 127, offered=bool(said & 64))
        shapes.check(data[1:].decode("utf-8", "surrogateescape"), context)

    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(shapes.real_messages()):
            (Path(folder) / str(number)).write_bytes(b"\0" + text.encode())
        flags = [f"-max_total_time={round(minutes * 60)}", f"-max_len={shapes.LONGEST}", "-timeout=20"]
        atheris.Setup([sys.argv[0], *flags, "-rss_limit_mb=4096", folder], one)
        atheris.Fuzz()


def with_hypothesis(minutes: float) -> None:
    """Other texts in every round."""
    from tests.nlu import shapes  # noqa: PLC0415

    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(shapes.shapes(), shapes.contexts())
    def read(text: str, context: Any) -> None:
        shapes.check(text, context)

    end, rounds = time.monotonic() + minutes * 60, 0
    while time.monotonic() < end:
        read()
        rounds += 1
    print(f"{rounds * ROUND} texts read, none broke a promise")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
