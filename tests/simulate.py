"""`make simulate`: a made-up year of two hundred members, under the real rules and under two simpler ways of telling.

Leads, answers and silences are drawn by lot from one seed, the same for each way. What is not in it: a member who is
told too much stops reading, which would make the two simple ways look worse than they do here.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from typing import Literal

from msgspec import structs
from PIL import Image, ImageDraw

from assistant.rules import availability, quiet, ranking, waves
from assistant.rules.availability import Period
from assistant.rules.fairness import gini
from assistant.rules.matching import Band, Candidate, Fit, rank
from assistant.rules.policy import Policy
from assistant.rules.ranking import Question
from assistant.rules.values import Wanted
from assistant.rules.volume import is_pushed
from assistant.rules.waves import Answer

Way = Literal["seintje", "tell everyone", "first come"]
WAYS: tuple[Way, ...] = ("seintje", "tell everyone", "first come")
MEMBERS, LEADS, DAYS, SEED = 200, 600, 364, 1
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
ROLES = (
    "projectleider",
    "tekstschrijver",
    "developer",
    "hr-adviseur",
    "ontwerper",
    "trainer",
    "data-analist",
    "jurist",
)
SKILLS = ("scrum", "python", "avg", "engels", "excel", "zorg", "energie", "redactie")
YES: dict[Band, float] = {"strong": 0.45, "fair": 0.25, "guess": 0.08}  # of those who answer
ANSWERS = 0.65  # the others stay silent
ANSWER_HOURS = 3.0  # working hours on average
OUTPUT = Path(__file__).parents[1] / "build" / "simulate.png"


@dataclass
class Person:
    """A member and what happened to them: when they were pushed, and how much work they won."""

    profile: Candidate
    agenda: tuple[Period, ...]
    pushed: list[datetime] = field(default_factory=list)
    won: int = 0


@dataclass
class Open:
    """A lead that is out: who hears of it in which wave, who answered what, and when the first yes came."""

    number: int
    at: datetime
    wanted: Wanted
    fits: dict[int, Fit]
    waves: list[tuple[int, ...]]
    answers: dict[int, Answer] = field(default_factory=dict)
    window_ends: datetime | None = None
    yes_at: datetime | None = None
    chosen: int | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A year in numbers. `hours` is the median between a lead and its first yes."""

    way: Way
    pushes: tuple[int, ...]
    busiest_week: int
    over_budget: int
    filled: float
    hours: float
    wins: tuple[int, ...]


class Year:
    """One way of telling, from the first lead to the last answer. `run` gives its figures."""

    def __init__(self, way: Way, policy: Policy, leads_a_year: int = LEADS, seed: int = SEED) -> None:
        self.way, self.policy = way, policy
        self.people = {number: person(number, seed) for number in range(1, MEMBERS + 1)}
        self.leads: list[Open] = []
        self.chance = Random(f"{seed}:answers")
        self.agenda: list[tuple[datetime, int, str, Open, int]] = []
        self.numbers = count()
        for number, (at, asked) in enumerate(leads(seed, leads_a_year), start=1):
            self._later(at, "lead", Open(number, at, asked, {}, []))

    def run(self) -> Figures:
        """Whatever is next happens next, until nothing is."""
        while self.agenda:
            now, _, what, lead, member = heappop(self.agenda)
            if what == "lead":
                self._arrives(lead, now)
            elif lead.is_over:
                continue
            elif what == "answer":
                self._answers(lead, member, now)
            elif what == "told":
                self._told(lead, member, now)
            else:
                self._window_over(lead, now)
        return self._figures()

    def _later(self, at: datetime, what: str, lead: Open, member: int = 0) -> None:
        heappush(self.agenda, (at, next(self.numbers), what, lead, member))

    def _arrives(self, lead: Open, now: datetime) -> None:
        self.leads.append(lead)
        today = now.date()
        pool = self._pool(lead, today)
        if self.way == "seintje":
            self._plan(lead, pool, today)
        else:
            lead.fits = {one.member_id: one.fit for one in rank(lead.wanted, pool, today, lead.number)}
            lead.waves = [tuple(self.people)]
        self._next_wave(lead, now)

    def _pool(self, lead: Open, today: date) -> list[Candidate]:
        return [self._as_of(each, lead.wanted, today) for each in self.people.values()]

    def _plan(self, lead: Open, pool: Sequence[Candidate], today: date) -> None:
        asked = replace(lead.wanted, excluded=frozenset(lead.answers))
        decided = ranking.decide(Question(asked, tuple(pool), (), today, lead.number, self.policy.waves))
        lead.fits |= decided.fits
        lead.waves = list(decided.waves)

    def _as_of(self, one: Person, asked: Wanted, today: date) -> Candidate:
        room = availability.room(one.agenda, asked.start or today, asked.end, today)
        return structs.replace(one.profile, room=room, last_asked=one.pushed[-1] if one.pushed else None)

    def _next_wave(self, lead: Open, now: datetime) -> None:
        if not lead.waves:
            lead.is_over = not any(answer in ("waiting", "yes") for answer in lead.answers.values())
            return
        begin = quiet.next_open(now, self.policy.quiet)
        free = waves.room_for(list(lead.answers.values()), self.policy.waves)
        wave = lead.waves.pop(0)
        if self.way == "seintje" and len(wave) > free:
            lead.waves.insert(0, wave[free:])
            wave = wave[:free]
        for member in wave:
            lead.answers[member] = "waiting"
            self._later(begin, "told", lead, member)
        hours = waves.window(lead.wanted.stage, False, self.policy.waves)
        lead.window_ends = quiet.add_working_hours(begin, hours, self.policy.quiet)
        self._later(lead.window_ends, "window", lead)

    def _told(self, lead: Open, member: int, now: datetime) -> None:
        """A push, or under the rules a line in the digest when this week is full or the fit is weak."""
        one = self.people[member]
        if self.way == "seintje":
            budget = quiet.budget_left(one.pushed, now, self.policy.pushes_per_week)
            if not is_pushed(lead.fits[member].band, "fitting", budget, is_tip=False):
                lead.answers[member] = "silent"  # may still answer when they read it
                digest = quiet.next_digest(now, self.policy.quiet, None, None)
                self._later(digest, "answer", lead, member)
                return
        one.pushed.append(now)
        hours = self.chance.expovariate(1 / ANSWER_HOURS)
        if self.chance.random() < ANSWERS:
            self._later(quiet.add_working_hours(now, hours, self.policy.quiet), "answer", lead, member)

    def _answers(self, lead: Open, member: int, now: datetime) -> None:
        fit = lead.fits.get(member)
        says_yes = fit is not None and self.chance.random() < YES[fit.band]
        lead.answers[member] = "yes" if says_yes else "no"
        if not says_yes:
            return
        lead.yes_at = lead.yes_at or now
        is_late = lead.window_ends is not None and now >= lead.window_ends
        if self.way == "first come" or is_late:
            self._choose(lead, now)

    def _window_over(self, lead: Open, now: datetime) -> None:
        if now != lead.window_ends:
            return
        for member, answer in lead.answers.items():
            if answer == "waiting":
                lead.answers[member] = "silent"
        if "yes" in lead.answers.values():
            self._choose(lead, now)
        elif self.way == "seintje":
            if not lead.waves:
                self._plan(lead, self._pool(lead, now.date()), now.date())
            if lead.waves:
                self._next_wave(lead, now)

    def _choose(self, lead: Open, now: datetime) -> None:
        """The best fit of who said yes; they are full from its start."""
        yes = [member for member, answer in lead.answers.items() if answer == "yes"]
        best = max(yes, key=lambda member: (lead.fits[member].skills, lead.fits[member].practical, -member))
        lead.chosen, lead.is_over = best, True
        one = self.people[best]
        one.won += 1
        said = availability.Statement("full", lead.wanted.start, lead.wanted.end)
        one.agenda = availability.state(one.agenda, said, now.date())

    def _figures(self) -> Figures:
        budget = self.policy.pushes_per_week
        weeks = [most_in_a_week(each.pushed) for each in self.people.values()]
        took = [(lead.yes_at - lead.at).total_seconds() / 3600 for lead in self.leads if lead.yes_at]
        return Figures(
            way=self.way,
            pushes=tuple(len(each.pushed) for each in self.people.values()),
            busiest_week=max(weeks),
            over_budget=sum(week > budget for week in weeks),
            filled=sum(lead.chosen is not None for lead in self.leads) / len(self.leads),
            hours=median(took),
            wins=tuple(each.won for each in self.people.values()),
        )


def person(number: int, seed: int) -> Person:
    """A member with a role or two, some skills, experience and an agenda that changes through the year."""
    chance = Random(f"{seed}:{number}")
    profile = Candidate(
        member_id=number,
        roles=frozenset(chance.sample(ROLES, chance.choice((1, 1, 2)))),
        skills=frozenset(chance.sample(SKILLS, chance.randrange(1, 5))),
        years=chance.randrange(1, 25),
    )
    day, agenda = START.date(), []
    while day < START.date() + timedelta(days=DAYS + 200):
        end = day + timedelta(days=chance.randrange(30, 150))
        is_free = chance.random() < 0.5
        hours = float(chance.choice((16, 24, 32, 40))) if is_free else 0.0
        agenda.append(Period(day, end, "free" if is_free else "full", hours, stated_on=START.date()))
        day = end + timedelta(days=1)
    return Person(profile, tuple(agenda))


def leads(seed: int, number: int) -> list[tuple[datetime, Wanted]]:
    """The leads of the year, in order: a role, some skills, hours, and a start within six weeks."""
    chance = Random(f"{seed}:leads")
    found = []
    for at in sorted(START + timedelta(minutes=chance.randrange(DAYS * 24 * 60)) for _ in range(number)):
        start = at.date() + timedelta(days=chance.randrange(3, 42))
        asked = Wanted(
            roles={chance.choice(ROLES): 1.0},
            skills=dict.fromkeys(chance.sample(SKILLS, chance.randrange(3)), 1.0),
            start=start,
            end=start + timedelta(days=chance.randrange(20, 180)),
            hours=(float(chance.choice((8, 16, 24, 32))), None),
        )
        found.append((at, asked))
    return found


def most_in_a_week(moments: list[datetime]) -> int:
    """The most of these in any seven days."""
    ordered = sorted(moments)
    week = timedelta(days=7)
    return max((place - bisect_right(ordered, at - week) + 1 for place, at in enumerate(ordered)), default=0)


def table(years: list[Figures]) -> str:
    """A line for each way."""
    names = (
        "pushes a year",
        "busiest week",
        "over budget",
        "gini pushes",
        "gini work",
        "filled",
        "hours to yes",
    )
    head = f"{'':16}" + "".join(f"{name:>14}" for name in names)
    rows = [
        f"{each.way:16}{sum(each.pushes) / MEMBERS:>14.1f}{each.busiest_week:>14}{each.over_budget:>14}"
        f"{gini(each.pushes):>14.2f}{gini(each.wins):>14.2f}{each.filled:>14.0%}{each.hours:>14.1f}"
        for each in years
    ]
    return "\n".join([head, *rows])


def plot(years: list[Figures]) -> Image.Image:
    """How many members had how many pushes a week on average, a panel for each way."""
    image = Image.new("RGB", (900, 320), "white")
    draw = ImageDraw.Draw(image)
    for panel, year in enumerate(years):
        left, floor = 20 + panel * 300, 270
        bins = Counter(min(int(pushes / 52 * 4), 49) for pushes in year.pushes)  # quarters of a push a week
        draw.text(
            (left, 12), f"{year.way}: filled {year.filled:.0%}, gini {gini(year.pushes):.2f}", fill="black"
        )
        for place, members in bins.items():
            height = members / MEMBERS * 220
            draw.rectangle((left + place * 5, floor - height, left + place * 5 + 4, floor), fill="#33658a")
        draw.line((left, floor, left + 250, floor), fill="black")
        for pushes in (0, 2, 4, 6, 8, 10, 12):
            draw.text((left + pushes * 20, floor + 6), str(pushes), fill="black")
        draw.text((left, floor + 24), "pushes a week, on average over the year", fill="black")
    return image


def main() -> None:
    """A table here, and the plot in build/simulate.png."""
    years = [Year(way, Policy()).run() for way in WAYS]
    print(f"{MEMBERS} members, {LEADS} leads, seed {SEED}")
    print(table(years))
    OUTPUT.parent.mkdir(exist_ok=True)
    plot(years).save(OUTPUT)
    print(f"plot: {OUTPUT.relative_to(OUTPUT.parents[1])}")


if __name__ == "__main__":
    main()
