"""`make bench`: a table for people, build/bench.json for scripts; `make bench ONLY=parse` for a part of it."""

import importlib
import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

from tests.bench.measure import Figures

PARTS = (
    "parse",
    "turn",
    "push",
    "start",
    "match",
    "ledger",
    "webhook",
    "drain",
    "memory",
)  # files beside this one, each with measure() -> Figures
OUTPUT = Path(__file__).parents[2] / "build" / "bench.json"

# What a release must reach on two cores: at most, or at least for a number per second.
GOALS: Figures = {
    "parse.short.p50_ms": 0.3,
    "parse.short.p99_ms": 1.5,
    "parse.2000.p99_ms": 8,
    "parse.20000.ms": 80,
    "parse.per_s": 3000,
    "parse.cold_s": 0.8,
    "parse.rss_mb": 200,
    "parse.rss_growth_mb": 5,
    "turn.sqlite.p50_ms": 5,
    "turn.sqlite.p99_ms": 25,
    "turn.sqlite.per_s": 150,
    "turn.postgresql.p50_ms": 5,
    "turn.postgresql.p99_ms": 25,
    "turn.postgresql.per_s": 150,
    "match.sqlite.1k.p99_ms": 2,
    "match.sqlite.100k.p99_ms": 6,
    "match.sqlite.1m.p99_ms": 80,
    "match.postings.1m.p99_ms": 6,
    "match.postgresql.1k.p99_ms": 2,
    "match.postgresql.100k.p99_ms": 12,
    "match.postgresql.1m.p99_ms": 80,
    "ledger.sqlite.yearend_ms": 200,
    "ledger.sqlite.balance_ms": 5,
    "ledger.sqlite.verify_s": 30,
    "ledger.postgresql.yearend_ms": 200,
    "ledger.postgresql.balance_ms": 5,
    "ledger.postgresql.verify_s": 30,
    "webhook.p99_ms": 20,
    "webhook.sqlite.p99_ms": 20,
    "memory.growth_mb": 10,
    "drain.sqlite.per_s": 300,
    "drain.postgresql.per_s": 250,
    "drain.postgresql.two_process_ratio": 1.7,
    "push.first_s": 1,
    "pipe.start_s": 2.5,
    "pipe.restart_s": 2.5,
    "run.rss_mb": 400,
}


def main(asked: list[str]) -> None:
    """Measure the parts asked for, or all. Refuses (SystemExit) a part it does not know, and figures of what went wrong."""
    unknown = [each for each in asked if not is_known(each)]
    if unknown:
        raise SystemExit(f"no such part: {', '.join(unknown)} (there are: {', '.join(PARTS)})")
    figures: Figures = {}
    faults = Faults()
    logging.getLogger().addHandler(faults)
    try:
        for part in asked or PARTS:
            measured = measure(part, is_asked=bool(asked))
            if faults.found:
                raise SystemExit(f"{part}: what was measured went wrong, {faults.found[0]}")
            for key, value in measured.items():
                print(line(key, value), flush=True)
            figures |= measured
    finally:
        logging.getLogger().removeHandler(faults)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps({key: round(value, 4) for key, value in figures.items()}, indent=2) + "\n")


class Faults(logging.Handler):
    """What was logged as an error: a turn that ends in an apology is a quick one, and no measure."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it; to raise here would be caught by whoever logs."""
        self.found.append(record.getMessage())


def is_known(asked: str) -> bool:
    """Whether this is a part, or a case of the one part that has them: `match.sqlite.1k`."""
    part, _, case = asked.partition(".")
    return asked in PARTS or (part in PARTS and case in cases(part))


def cases(part: str) -> Mapping[str, Callable[[], Figures]]:
    """What can be measured alone; nothing of most parts."""
    return getattr(file(part), "CASES", {})


def file(part: str) -> ModuleType:
    """Loaded when it is needed: what one part reads would count as memory of another."""
    return importlib.import_module(f"tests.bench.{part}")


def measure(asked: str, *, is_asked: bool) -> Figures:
    """The figures of a part or a case; of matches those of a million members too when they are asked for."""
    part, _, case = asked.partition(".")
    if case:
        return cases(part)[case]()
    measured: Figures = file(part).measure()
    if is_asked and part == "match":
        measured |= file(part).measure_millions()
        measured |= file(part).growth(measured)
    return measured


def line(key: str, value: float) -> str:
    """One row of the table: figure, number, and how it compares with its goal."""
    goal = GOALS.get(key)
    if goal is None:
        return f"{key:32}{value:12.2f}"
    at_least = key.endswith(("per_s", "_ratio"))
    reached = value >= goal if at_least else value <= goal
    return f"{key:32}{value:12.2f}   {'at least' if at_least else 'at most'} {goal:g}{'' if reached else '   NOT REACHED'}"


if __name__ == "__main__":
    main(sys.argv[1:])
