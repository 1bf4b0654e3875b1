"""How fast a message is understood, from a cold start and warm, beside a well-known reader of dates.

No neural part runs in the ears, so there is no `parse.neural.p99_ms`: a key with another figure in it would mislead.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

from dateparser.search import search_dates

import nlu.reader
from nlu import Reader
from nlu.meaning import Context
from tests.bench.measure import (
    Figures,
    mail,
    megabytes,
    milliseconds,
    per_second,
    percentile,
    short_messages,
    varied,
)

TODAY = date(2026, 11, 21)
CONTEXT = Context(today=TODAY)
STARTS = 5
# Messages before memory is first looked at (what is remembered of words is full by then), and from there to the second look.
WARM, MANY = 10_000, 200_000
FIRST = """
from datetime import date
from nlu import Reader
from nlu.meaning import Context
reader = Reader()
for text in ("Ik ben vrij vanaf 1 maart", "I am free from 1 March"):
    reader.read(text, Context(today=date(2026, 11, 21)))
"""
MEMORY = "from tests.bench.parse import memory; memory()"


def measure() -> Figures:
    """Figures of reading, in one process, one message after another."""
    reader = Reader()

    def read(text: str) -> None:
        reader.read(text, CONTEXT)

    texts = short_messages()
    milliseconds(read, varied(texts, 200))  # warm up
    short = milliseconds(read, varied(texts, 5000))
    long = milliseconds(read, varied([mail(2000)], 200))
    longest = milliseconds(read, varied([mail(20_000)], 7))
    peer = milliseconds(peer_read, varied(texts, 300))
    return {
        "parse.compiled": float(
            not str(nlu.reader.__file__).endswith(".py")
        ),  # whether `make compiled` was at work
        "parse.short.p50_ms": percentile(short, 50),
        "parse.short.p99_ms": percentile(short, 99),
        "parse.2000.p99_ms": percentile(long, 99),
        "parse.20000.ms": percentile(longest, 50),
        "parse.per_s": per_second(short),
        "peer.dateparser.per_s": per_second(peer),
        "parse.cold_s": first_reading(),
        **_in_a_process_of_its_own(),
    }


def first_reading() -> float:
    """Seconds from nothing to two messages read, one in each language; the median of some processes of their own.

    One more goes before, so that the code is compiled, as it is where Seintje was installed.
    """
    compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    taken = []
    for _ in range(STARTS + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST], check=True, env=compiled)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def _in_a_process_of_its_own() -> Figures:
    done = subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True)
    before, after = (float(number) for number in done.stdout.split())
    return {"parse.rss_mb": after, "parse.rss_growth_mb": after - before}


def memory() -> None:
    """Print the megabytes in use after WARM messages and after MANY more, no two of them the same."""
    reader = Reader()
    texts = unheard(short_messages(), WARM + MANY)
    for number, text in enumerate(texts, 1):
        reader.read(text, CONTEXT)
        if number in {WARM, WARM + MANY}:
            sys.stdout.write(f"{megabytes('self', 'VmRSS')}\n")


def unheard(texts: list[str], count: int) -> Iterator[str]:
    """`count` messages with other numbers in each, and a word in it that was never said before."""
    letters = random.Random(2)
    for text in varied(texts, count):
        yield f"{text} {''.join(letters.choices('abcdefghijklmnoprstuvwz', k=9))}"


def peer_read(text: str) -> None:
    """The same message, dates only."""
    search_dates(text, languages=["nl", "en"])
