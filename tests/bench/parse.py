"""How fast a message is understood, from a cold start and warm, beside a well-known reader of dates."""

import subprocess
import sys
import time
from datetime import date

from dateparser.search import search_dates

from nlu import Reader
from nlu.meaning import Context
from tests.bench.measure import Figures, mail, milliseconds, per_second, percentile, short_messages, varied

TODAY = date(2026, 11, 21)
FIRST = """
from datetime import date
from nlu import Reader
from nlu.meaning import Context
reader = Reader()
for text in ("Ik ben vrij vanaf 1 maart", "I am free from 1 March"):
    reader.read(text, Context(today=date(2026, 11, 21)))
from tests.bench.measure import megabytes
print(megabytes("self", "VmHWM"))
"""


def measure() -> Figures:
    """Figures of reading, in one process, one message after another."""
    reader = Reader()
    context = Context(today=TODAY)

    def read(text: str) -> None:
        reader.read(text, context)

    texts = short_messages()
    milliseconds(read, varied(texts, 200))  # warm up
    short = milliseconds(read, varied(texts, 5000))
    long = milliseconds(read, varied([mail(2000)], 200))
    longest = milliseconds(read, varied([mail(20_000)], 7))
    peer = milliseconds(peer_read, varied(texts, 300))
    return {
        "parse.short.p50_ms": percentile(short, 50),
        "parse.short.p99_ms": percentile(short, 99),
        "parse.2000.p99_ms": percentile(long, 99),
        "parse.20000.ms": percentile(longest, 50),
        "parse.per_s": per_second(short),
        "peer.dateparser.per_s": per_second(peer),
        **first_reading(),
    }


def first_reading() -> Figures:
    """From nothing to two messages read, one in each language, in a process of its own."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True)
    return {"parse.cold_s": time.perf_counter() - begun, "parse.rss_mb": float(done.stdout)}


def peer_read(text: str) -> None:
    """The same message, dates only."""
    search_dates(text, languages=["nl", "en"])
