"""Whose week it is to take up what clients ask: a week each, in order, past who is away (mission row C2)."""

from collections.abc import Container, Sequence
from datetime import date, timedelta


def week_of(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def on_duty(order: Sequence[int], begins_on: date, week_on: date, away: Container[int] = ()) -> int | None:
    """The id whose week it is: the first in turn who is not away; None when everybody is, or nobody is in it.

    `begins_on` is the Monday of the first one's week; weeks before it go round the other way.
    """
    if not order:
        return None
    turn = (week_of(week_on) - begins_on).days // 7 % len(order)
    return next((each for each in (*order[turn:], *order[:turn]) if each not in away), None)
