"""Reads a moment in the week at which somebody wants to be asked: "elke maandag om half tien"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlu.lexicon import lists, word_set
from nlu.meaning import Moment, Weekday
from nlu.shaping.findings import Findings

MORNING, AFTERNOON, EVENING = 9, 14, 19  # when only a part of the day is named
NOON: Final = 12
WORKING_FROM: Final = 7  # "om 2 uur" is in the afternoon

_DIGITS: Final = r"\d{1,2}"
_WORD: Final = re.compile(r"[^\W\d]+(?:'[^\W\d]+)?")


def moment(findings: Findings) -> Moment | None:
    """The day of the week and the time; nine in the morning when no time is named. None without a day."""
    text = findings.text.casefold()
    day = next(_days(text), None)
    if day is None:
        return None
    hour, minute = _time(text)
    return Moment(day, hour, minute)


def asks_for_rest(findings: Findings) -> bool:
    """Whether a word of rest is there; "max 2 leads a week" has none, however much it sounds like a pause."""
    return not word_set("rhythm", "rest").isdisjoint(
        _WORD.findall(findings.text.casefold().replace("’", "'"))
    )


def _days(text: str) -> Iterator[Weekday]:
    whole, short = _meant("days"), _meant("short_days")
    for word in re.findall(r"[a-z]+", text):
        known = next((day for name, day in whole.items() if word.startswith(name)), short.get(word))
        if known:
            yield known  # type: ignore[misc]  # the data names days of the week


def _time(text: str) -> tuple[int, int]:
    found = _clock().search(text)
    if found is None:
        return _part_of_day(text), 0
    number = found["hour"]
    hour = int(number) if number.isdigit() else int(_meant("hours")[number])
    minute = int(found["minute"] or 0)
    if found["half_before"]:
        hour, minute = hour - 1, 30
    if found["half_after"]:
        minute = 30
    is_late = _part_of_day(text) >= AFTERNOON or hour < WORKING_FROM
    if hour < NOON and is_late and not found["am"]:
        hour += NOON
    return (hour, minute) if hour < 24 and minute < 60 else (_part_of_day(text), 0)


def _part_of_day(text: str) -> int:
    for part, hour in (("evening", EVENING), ("afternoon", AFTERNOON)):
        if any(re.search(rf"(?<!voor){word}\b", text) for word in lists("rhythm").get(part, ())):
            return hour
    return MORNING


@cache
def _clock() -> re.Pattern[str]:
    words = lists("rhythm")
    before, half_before, half_after = (
        "|".join(words.get(name, ())) for name in ("before", "half_before", "half_after")
    )
    hours = "|".join([*_meant("hours"), _DIGITS])
    return re.compile(
        rf"\b(?:{before}) (?:(?P<half_before>{half_before}) |(?P<half_after>{half_after}) )?"
        rf"(?P<hour>{hours})\b(?:[:.u](?P<minute>\d\d))?(?: ?(?P<am>am)\b)?"
    )


@cache
def _meant(name: str) -> dict[str, str]:
    pairs = (text.partition("=") for text in lists("rhythm").get(name, ()))
    return {said.strip(): meant.strip() for said, _equals, meant in pairs}
