"""How long and how large: the few measurements that every part of the benchmark is made of."""

import math
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml

T = TypeVar("T")
Figures = dict[str, float]  # a key of build/bench.json and its number

MESSAGES = Path(__file__).with_name("messages.yaml")


def short_messages() -> list[str]:
    """What members write on an ordinary day, Dutch and English."""
    return [str(text) for text in _data()["short"]]


def mail(length: int) -> str:
    """A long mail with a lead in it, cut or repeated to exactly `length` characters."""
    text = str(_data()["mail"])
    return (text * (length // len(text) + 1))[:length]


def varied(texts: Sequence[str], count: int) -> Iterator[str]:
    """`count` messages, the texts over and over with other numbers in them, so that no cache answers; always the same ones."""
    numbers = random.Random(1)
    for index in range(count):
        yield re.sub(r"\d+", lambda _: str(numbers.randint(1, 31)), texts[index % len(texts)])


def milliseconds(work: Callable[[T], object], items: Iterable[T]) -> list[float]:
    """How long `work` takes for each item."""
    taken = []
    for item in items:
        begun = time.perf_counter()
        work(item)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that `percent` of all values do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def per_second(taken: Sequence[float]) -> float:
    """How many fit in a second, one after the other, given the milliseconds of each."""
    return len(taken) * 1000 / sum(taken)


def megabytes(pid: int | str, line: str) -> float:
    """Memory of a process: `VmRSS` is now, `VmHWM` its peak."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{line}:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None, f"process {pid} has no {line}"
    return int(found[1]) / 1024


def _data() -> dict[str, list[str] | str]:
    data: dict[str, list[str] | str] = yaml.safe_load(MESSAGES.read_text())
    return data
