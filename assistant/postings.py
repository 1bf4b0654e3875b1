"""Members by the words they work with, kept in memory: for very large collectives, when `SEINTJE_POSTINGS` is on.

It finds the same members as the questions in `db/candidates.py`, in the same order, and nothing more: what is told of
them is read from the database. It is never older than the database, which counts every change: before each answer the
members that changed since are read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from db import postings
from db.candidates import (
    DRAWN,
    FAIR,
    FARTHEST_KM,
    FURTHER,
    NEAR,
    NEAREST,
    ROLE_SHARE,
    SEEDED,
    SPREAD,
    STRONG,
    TERMS_READ,
    Search,
)
from db.postings import Busy, Filling, Mark, Standing
from db.session import Session, collective_of

Slots = NDArray[np.int64]  # places of members in the arrays
Rows = NDArray[np.void]
NEVER, ALWAYS = -(2**62), 2**62
NOBODY: Slots = np.empty(0, np.int64)
TAKEN = 100  # ids are told so many at a time: of a crowd few are asked for more
AT_ONCE = 5000  # after more changes than this everybody is read again
COLUMNS = np.dtype(
    [
        ("id", np.int64),
        ("is_active", np.bool_),
        ("is_remote", np.bool_),
        ("latitude", np.float64),  # not known is not a number: it compares as false
        ("longitude", np.float64),
        ("radius_km", np.float64),
        ("quiet_until", np.int64),  # days; moments are in microseconds
        ("last_asked", np.int64),
        ("much_until", np.int64),
        ("busy_from", np.int64),  # of the first busy time; the others are in a list of their own
        ("busy_until", np.int64),
        ("has_more_busy", np.bool_),
    ]
)


class Postings:
    """By collective: the index, and how far it has read. One per process, asked by one turn at a time."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Mark, Index]] = {}

    def of(self, session: Session) -> "Index":
        """The index of the collective of this session, as the database is now."""
        collective = collective_of(session)
        kept = self._kept.pop(collective, None)  # gone when reading fails halfway
        news = None if kept is None else postings.changed_since(session, kept[0])
        if kept is None or news is None or len(news[1]) > AT_ONCE:
            mark, index = postings.newest(session), Index()
            index.put(postings.filling(session))
        else:
            (mark, changed), index = news, kept[1]
            if changed:
                index.remove(changed)
                index.put(postings.filling(session, changed))
        self._kept[collective] = (mark, index)
        return index


class Index:
    """Who has which word, and what keeps each from being asked."""

    def __init__(self) -> None:
        self._rows = np.zeros(0, COLUMNS)
        self._marks = np.zeros(0, np.uint16)  # nothing, except while something is counted
        self._slots: dict[int, int] = {}  # by member id
        self._holders: dict[tuple[str, str], Slots] = {}  # by kind and term, ascending
        self._words: dict[int, list[tuple[str, str]]] = {}  # by slot
        self._more_busy: dict[int, list[tuple[int, int]]] = {}  # by slot

    # --- filling ---

    def remove(self, member_ids: Iterable[int]) -> None:
        """Forget these members, as far as they are here."""
        gone = [self._slots[each] for each in member_ids if each in self._slots]
        fewer: dict[tuple[str, str], list[int]] = defaultdict(list)
        for slot in gone:
            for word in self._words.pop(slot, ()):
                fewer[word].append(slot)
            self._more_busy.pop(slot, None)
        for word, slots in fewer.items():
            self._holders[word] = np.setdiff1d(self._holders[word], slots, assume_unique=True)
        self._rows["is_active"][gone] = False

    def put(self, read: Filling) -> None:
        """Add these members, who are not here or were removed."""
        new = [each.id for each in read.members if each.id not in self._slots]
        first = len(self._slots)
        self._slots |= {member_id: first + number for number, member_id in enumerate(new)}
        if len(self._slots) > len(
            self._rows
        ):  # with room to spare, so that a new member does not copy everybody
            spare = np.zeros(len(self._slots) + len(self._slots) // 8 - len(self._rows), COLUMNS)
            self._rows = np.concatenate((self._rows, spare))
            self._marks = np.zeros(len(self._rows), np.uint16)
        slots = [self._slots[each.id] for each in read.members]
        self._rows[slots] = np.array([_row(each) for each in read.members], COLUMNS)
        self._add_words(read.words)
        self._add_times(read)

    def _add_words(self, words: Iterable[tuple[int, str, str]]) -> None:
        more: dict[tuple[str, str], list[int]] = defaultdict(list)
        same: dict[tuple[str, str], tuple[str, str]] = {}  # one object for all who have the word
        for member_id, kind, term in words:
            word = same.setdefault((kind, term), (kind, term))
            slot = self._slots[member_id]
            more[word].append(slot)
            self._words.setdefault(slot, []).append(word)
        for word, added in more.items():
            self._holders[word] = np.union1d(self._holders.get(word, NOBODY), added).astype(np.int64)

    def _add_times(self, read: Filling) -> None:
        for each in read.busy:
            slot, (begin, end) = self._slots[each.member_id], _days(each)
            if self._rows["busy_from"][slot] == ALWAYS:
                self._rows["busy_from"][slot], self._rows["busy_until"][slot] = begin, end
            else:
                self._more_busy.setdefault(slot, []).append((begin, end))
                self._rows["has_more_busy"][slot] = True
        for member_id, until in read.much:
            self._rows["much_until"][self._slots[member_id]] = _moment(until)

    # --- asking ---

    def everybody_near(self, search: Search, most: int) -> list[int] | None:
        """Ids of all who have one of the terms; None when they are more than `most`."""
        terms = search.roles | search.near_roles | search.skills | search.near_skills
        found = [*self._having("role", terms), *self._having("skill", terms)]
        if sum(map(len, found)) > TERMS_READ:
            return None
        near = self._together(found)
        return None if len(near) > most else self._ids(near)

    def in_turn(self, search: Search) -> Iterator[int]:
        """Ids of the members that can be asked, the nearest first and among equals in turn.

        As `db.candidates.in_turn`: looks at no more than is taken from here.
        """
        for first, last in (NEAREST,) if search.regulated else (NEAREST, FURTHER):
            near = self._nearest(search) if (first, last) == NEAREST else self._anyhow(search)
            step = self._step(near, search)
            near, step = (each[(step >= first) & (step <= last)] for each in (near, step))
            rows = self._rows.take(near)  # rows[near] would take ten times as long
            is_open = self._is_open(near, rows, search)
            step, rows = step[is_open], rows.compress(is_open)
            ids = rows["id"][_turn(rows, step, search)]
            for begin in range(0, len(ids), TAKEN):
                yield from ids[begin : begin + TAKEN].tolist()

    def _nearest(self, search: Search) -> Slots:
        """Who can be in the first two steps: with the very role, or one like it and one of the skills.

        Nobody reaches the first step with less: a role like it and only skills like these makes 0.7.
        """
        skilled = self._having("skill", search.skills)
        if not search.roles:
            return self._together(skilled)
        mates = [each[self._count("role", search.near_roles, each) > 0] for each in skilled]
        return self._together([*self._having("role", search.roles), *mates])

    def _anyhow(self, search: Search) -> Slots:
        """Everybody near."""
        roles, skills = search.roles | search.near_roles, search.skills | search.near_skills
        return self._together([*self._having("role", roles), *self._having("skill", skills)])

    def _step(self, near: Slots, search: Search) -> Slots:
        """How near, in the steps of the database's own question."""
        has_role = self._count("role", search.roles, near) > 0
        has_like = self._count("role", search.near_roles, near) > 0
        role = np.where(has_role, 1.0, np.where(has_like, NEAR, 0.0))
        exact = self._count("skill", search.skills, near)
        like = self._count("skill", search.near_skills, near)
        asked = float(max(len(search.skills), 1))
        share = (exact + NEAR * np.minimum(like, asked - exact)) / asked
        part = (ROLE_SHARE if search.skills else 1.0) if search.roles else 0.0
        fit = part * role + (1.0 - part) * share
        return np.where(fit >= STRONG, 0, np.where(has_role, 1, np.where(fit >= FAIR, 2, 3)))

    def _is_open(self, slots: Slots, rows: Rows, search: Search) -> NDArray[np.bool_]:
        begin, late = search.begin.toordinal(), search.late.toordinal()
        is_busy = (rows["busy_from"] <= begin) & (rows["busy_until"] >= late)
        for place in np.flatnonzero(rows["has_more_busy"]):
            spells = self._more_busy[int(slots[place])]
            is_busy[place] |= any(first <= begin and last >= late for first, last in spells)
        is_open: NDArray[np.bool_] = (
            rows["is_active"] & (rows["quiet_until"] < search.today.toordinal()) & ~is_busy
        )
        for term in search.must:
            is_open &= self._count("role", (term,), slots) + self._count("skill", (term,), slots) > 0
        if search.regulated:
            is_checked = self._count("checked", search.regulated, slots) > 0
            is_open &= is_checked | (self._count("role", search.roles - search.regulated, slots) > 0)
        if search.box is not None:
            limit = rows["radius_km"] * search.box.times
            north = abs(rows["latitude"] - search.box.latitude) * search.box.north_km
            east = abs(rows["longitude"] - search.box.longitude) * search.box.east_km
            goes = (rows["radius_km"] >= 1) & (rows["radius_km"] <= FARTHEST_KM)
            is_open &= ~(goes & ((north > limit) | (east > limit))) | (
                rows["is_remote"] & search.may_be_remote
            )
        return is_open

    def _count(self, kind: str, terms: Iterable[str], slots: Slots) -> NDArray[np.uint16]:
        """How many of these terms each of these has."""
        listed = self._having(kind, terms)
        if not listed or not len(slots):
            return np.zeros(len(slots), np.uint16)
        for holders in listed:
            self._marks[holders] += 1
        found = self._marks[slots]
        for holders in listed:
            self._marks[holders] = 0
        return found

    def _together(self, found: list[Slots]) -> Slots:
        """Everybody in one of these, once. Not sorted, nor looked for among all members: both take milliseconds."""
        new: list[Slots] = []
        for slots in found:
            new.append(slots[self._marks[slots] == 0])
            self._marks[new[-1]] = 1
        every = np.concatenate((NOBODY, *new))
        self._marks[every] = 0
        return every

    def _of(self, kind: str, term: str) -> Slots:
        return self._holders.get((kind, term), NOBODY)

    def _having(self, kind: str, terms: Iterable[str]) -> list[Slots]:
        """Who has each of these terms; nobody twice for one of them."""
        return [self._of(kind, term) for term in terms]

    def _ids(self, slots: Slots) -> list[int]:
        ids: list[int] = self._rows["id"][slots].tolist()
        return ids


def _turn(rows: Rows, step: Slots, search: Search) -> Slots:
    """The places of these rows in turn."""
    has_much = rows["much_until"] > _moment(search.now)
    lot = (rows["id"] * SPREAD + search.seed % DRAWN * SEEDED) % DRAWN
    return np.lexsort((lot, rows["last_asked"], ~has_much, step))


def _row(one: Standing) -> tuple[object, ...]:
    unknown = float("nan")
    return (
        one.id,
        one.state == "active",
        one.remote == "remote",
        unknown if one.latitude is None else one.latitude,
        unknown if one.longitude is None else one.longitude,
        unknown if one.radius_km is None else one.radius_km,
        NEVER if one.quiet_until is None else one.quiet_until.toordinal(),
        NEVER if one.last_asked_at is None else _moment(one.last_asked_at),
        NEVER,
        ALWAYS,
        ALWAYS,
        False,
    )


def _days(busy: Busy) -> tuple[int, int]:
    return busy.start_on.toordinal(), ALWAYS if busy.end_on is None else busy.end_on.toordinal()


def _moment(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)
