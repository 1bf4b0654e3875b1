"""Measures how well messages are read: `seintje nlu evaluate FILE` prints the score table of a labelled file.

A line of the file is {"id", "text", "today"?, "intent", "gold", "accept"?}. `gold` is {"lead": {...}}, or
{"availability": {...}}, or {}, and names every field the text states; `intent` and each field of `accept` may list
several right answers. A value that is read where nothing was stated is invented: that is worse than one that is
missed, since the assistant can ask.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nlu.meaning import Context, Meaning
from nlu.printing import to_json
from nlu.reader import Reader

FORMS: Mapping[str, tuple[str, ...]] = {
    "lead": (
        *("roles", "place", "remote", "hours_per_week", "days_per_week", "rate", "start", "end"),
        *("duration_months", "deadline", "headcount", "client", "stage", "contact", "skills"),
    ),
    "availability": (
        *("status", "start", "end", "hours_per_week", "days_per_week", "rate", "place", "remote"),
        *("weekdays", "low_work", "roles", "skills"),
    ),
}
BESIDE_THE_HEADLINE = frozenset({"skills"})
_LEADING = re.compile(r"^(de|het|een|the|an?|regio|gemeente|provincie|omgeving)\s+")


class LabelError(ValueError):
    """A line that is no labelled message; the text says which."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what it means: the right intents, the form it fills in with its values, and other right answers."""

    text: str
    today: date
    intents: tuple[str, ...]
    form: str | None
    gold: Mapping[str, Any]
    accept: Mapping[str, tuple[Any, ...]]


@dataclass(slots=True)
class Tally:
    """How often a field was right, wrong, invented or missed."""

    right: int = 0
    wrong: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def filled(self) -> int:
        """How many values were read."""
        return self.right + self.wrong + self.invented

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1; 1 where there was nothing to read and nothing was."""
        counted = 2 * self.right + 2 * self.wrong + self.invented + self.missed
        return 2 * self.right / counted if counted else 1.0

    def add(self, other: "Tally") -> None:
        """Count these too."""
        self.right += other.right
        self.wrong += other.wrong
        self.invented += other.invented
        self.missed += other.missed


@dataclass(slots=True)
class Scores:
    """The table: a tally a field ("lead.rate"), and how many messages were right as a whole."""

    fields: dict[str, Tally] = field(default_factory=dict)
    messages: int = 0
    right_intents: int = 0
    forms: int = 0
    whole_forms: int = 0

    @property
    def headline(self) -> Tally:
        """All fields but skills together."""
        total = Tally()
        for name, tally in self.fields.items():
            if name.partition(".")[2] not in BESIDE_THE_HEADLINE:
                total.add(tally)
        return total

    @property
    def invented_share(self) -> float:
        """The share of the values read that nobody stated, 0 to 1."""
        return self.headline.invented / self.headline.filled if self.headline.filled else 0.0


def read_labels(lines: Iterable[str], today: date) -> Iterator[Labelled]:
    """The messages of a file; `today` is for lines without a day. Raises LabelError with the number of the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line), today)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise LabelError(f"line {number} is no labelled message: {type(fault).__name__}") from fault


def _labelled(line: Mapping[str, Any], today: date) -> Labelled:
    intents = line["intent"] if isinstance(line["intent"], list) else [line["intent"]]
    form = next((name for name in FORMS if name in line.get("gold", {})), None)
    accept = {name: tuple(values) for name, values in line.get("accept", {}).items()}
    day = date.fromisoformat(line["today"]) if "today" in line else today
    return Labelled(str(line["text"]), day, tuple(intents), form, line["gold"].get(form, {}), accept)


def evaluate(reader: Reader, messages: Iterable[Labelled]) -> Scores:
    """Read every message and count. An unsure reading counts as it stands: its likeliest intent is judged."""
    scores = Scores()
    for message in messages:
        _judge(message, reader.read(message.text, Context(message.today)), scores)
    return scores


def _judge(message: Labelled, meaning: Meaning, scores: Scores) -> None:
    scores.messages += 1
    scores.right_intents += meaning.intent in message.intents
    if message.form is None:
        return
    printed = to_json(meaning)[message.form]
    read = printed if isinstance(printed, dict) else {}
    whole = True
    for name in FORMS[message.form]:
        tally = _compare(name, message.gold.get(name), message.accept.get(name, ()), read.get(name))
        scores.fields.setdefault(f"{message.form}.{name}", Tally()).add(tally)
        whole = whole and (name in BESIDE_THE_HEADLINE or not (tally.wrong or tally.invented or tally.missed))
    scores.forms += 1
    scores.whole_forms += whole


def _compare(name: str, gold: Any, accept: tuple[Any, ...], read: Any) -> Tally:
    right = any(_same(name, value, read) for value in (gold, *accept))
    if _is_empty(gold):
        return Tally() if right else Tally(invented=1)
    if right:
        return Tally(right=1)
    return Tally(missed=1) if _is_empty(read) else Tally(wrong=1)


def _is_empty(value: Any) -> bool:
    return value in (None, False, "", [], {}, [None, None])


def _same(name: str, gold: Any, read: Any) -> bool:
    """Whether two values say the same: a role is the same under a longer name, a place with or without "gemeente"."""
    if _is_empty(gold) or _is_empty(read):
        return _is_empty(gold) and _is_empty(read)
    if name in ("roles", "skills"):
        return _covers(gold, read) and _covers(read, gold)
    if name == "weekdays":
        return bool(sorted(gold) == sorted(read))
    if name == "rate":
        ours = {key: read.get(key) for key in ("min", "max")}
        return ours == {key: gold.get(key) for key in ours} and gold.get("unit") in (None, read.get("unit"))
    if name == "contact":
        return all(_same_words(str(value), str(read.get(key) or "")) for key, value in gold.items())
    if isinstance(gold, str):
        return _plain(gold) == _plain(str(read))
    return bool(gold == read)


def _covers(some: list[str], others: list[str]) -> bool:
    return all(any(_same_words(one, other) for other in others) for one in some)


def _same_words(one: str, other: str) -> bool:
    if _plain(one) == _plain(other):
        return True
    first, second = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return bool(first and second) and (first <= second or second <= first)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9+#]+", "", _LEADING.sub("", bare.strip()))


def table(scores: Scores) -> str:
    """The scores for people: a line a field, then the headline."""
    rows = [f"{'field':28}{'right':>7}{'wrong':>7}{'invented':>10}{'missed':>8}{'F1':>8}"]
    named = [*((name, tally) for name, tally in scores.fields.items()), ("all but skills", scores.headline)]
    rows += [
        f"{name:28}{tally.right:7}{tally.wrong:7}{tally.invented:10}{tally.missed:8}{tally.f1:8.3f}"
        for name, tally in named
    ]
    rows += [
        f"intent right              {_share(scores.right_intents, scores.messages)}",
        f"all headline fields right {_share(scores.whole_forms, scores.forms)}",
        f"invented of all read      {scores.invented_share:.3f}",
    ]
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.3f} of {whole}"
