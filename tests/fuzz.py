"""Looks for a text that cannot be read: `python -m tests.fuzz MINUTES`; for a payload: `python -m tests.fuzz payloads`.

`make fuzz` does both. A million payloads of both platforms go through what reads an envelope, and ten thousand through
the front door on each database. Of texts, atheris changes them so that they reach code that no text before them
reached. Where it cannot be installed, hypothesis makes texts for as long. Either stops at the first text that breaks a
promise of `tests.nlu.shapes.check`, and shows it.
"""

import asyncio
import importlib
import importlib.util
import logging
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

ENVELOPES, AT_THE_DOOR = 1_000_000, 10_000  # payloads
ROUND = 500  # texts before hypothesis looks at the clock again


def main(minutes: float) -> None:
    """Search for that long, with the best there is."""
    if importlib.util.find_spec("atheris"):
        with_atheris(minutes)
    else:
        print("atheris is not installed here: hypothesis makes the texts", flush=True)
        with_hypothesis(minutes)


def payloads(seed: int) -> None:
    """Everything that platforms could bring, and what became of it."""
    from nlu import Reader  # noqa: PLC0415
    from tests.databases import ENGINES, migrated  # noqa: PLC0415
    from tests.fuzzing.door import walk_in  # noqa: PLC0415
    from tests.fuzzing.envelopes import read_many  # noqa: PLC0415

    logging.disable(logging.CRITICAL)  # it says of each what was wrong with it
    print(f"seed {seed}", flush=True)
    print(f"{ENVELOPES} envelopes: {dict(read_many(ENVELOPES, seed))}", flush=True)
    for engine in ENGINES:
        with migrated(engine) as url:
            found = asyncio.run(walk_in(url, Reader(), AT_THE_DOOR, seed))
            print(f"{AT_THE_DOOR} through the front door on {engine}: {dict(found)}", flush=True)
    logging.disable(logging.NOTSET)


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
    if sys.argv[1:] == ["payloads"]:
        payloads(random.SystemRandom().randrange(10**9))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
