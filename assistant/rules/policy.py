"""The settings of a collective: starting values that a coordinator may change. No number of these stands elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Any, Literal, get_args

from assistant.rules.credit import CreditPolicy
from assistant.rules.quiet import QuietHours
from assistant.rules.waves import WavePolicy

Mode = Literal["waves", "one"]
Chooser = Literal[
    "source", "coordinator", "client", "contractor", "ally"
]  # the last two of a team, and of a guest
Setting = str | float | bool | time | tuple[int, ...] | None
SettingName = Literal[
    "mode",
    "chooser",
    "wave_size",
    "answer_hours",
    "urgent_hours",
    "rumour_hours",
    "rumour_size",
    "live_candidates",
    "pushes_per_week",
    "remind_hours",
    "confirm_hours",
    "quiet_from",
    "quiet_until",
    "quiet_weekends",
]
CreditName = Literal[
    "credit_percent",
    "credit_source_percent",
    "credit_tiers",
    "credit_caps_per",
    "credit_report_every",
    "credit_count_months",
    "credit_count_extensions",
    "credit_count_followups",
    "credit_with_vat",
    "credit_vat_percent",
    "credit_coins_newcomer",
    "credit_coins_publicity",
    "credit_coins_talks",
    "credit_leaver_coins",
    "credit_pot_percent",
    "credit_dues_in_pot",
    "credit_dues_cents",
    "credit_entry_cents",
]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a collective works. `pushes_per_week` is per member; `vouches_per_year` per member (mission row D23).

    `mode` "one" asks one member at a time and proposes one name (mission row B9). `chooser` picks among those who
    said yes. `remind_hours`: working hours after which a source who has not chosen is reminded.
    `confirm_hours`: working hours that an offer waits for a word about old availability. `repeat_days`: how
    far back a second telling of a lead is recognised. `invitation_days`: how long a code is valid.
    `keeps_corrections`: whether messages that were read wrongly may be kept to learn from, of members who agree.
    """

    quiet: QuietHours = field(default_factory=QuietHours)
    waves: WavePolicy = field(default_factory=WavePolicy)
    credit: CreditPolicy = field(default_factory=CreditPolicy)
    mode: Mode = "waves"
    chooser: Chooser = "source"
    pushes_per_week: int = 2
    vouches_per_year: int = 5
    remind_hours: float = 16.0
    confirm_hours: float = 2.0
    repeat_days: int = 60
    invitation_days: int = 30
    keeps_corrections: bool = False


def policy_of(settings: Mapping[str, object], zone: str) -> Policy:
    """The policy of a collective from what its settings change of the defaults. Unknown names raise KeyError.

    Settings of credit are named `credit_percent`, `credit_tiers` and so on, after the fields of CreditPolicy.
    """
    quiet: dict[str, object] = {"zone": zone}
    waves: dict[str, object] = {}
    credit: dict[str, object] = {}
    own: dict[str, object] = {}
    for name, value in settings.items():
        if name in _QUIET:
            quiet[_QUIET[name]] = time.fromisoformat(value) if isinstance(value, str) else value
        elif name in _WAVES:
            waves[_WAVES[name]] = value
        elif name in _CREDIT:
            credit[_CREDIT[name]] = tuple(value) if isinstance(value, list) else value  # JSON knows no tuples
        elif name in _OWN:
            own[name] = value
        else:
            raise KeyError(name)
    if own.get("mode") == "one":
        waves |= {"size": 1, "rumour_size": 1, "max_live": 1}
    return Policy(QuietHours(**quiet), WavePolicy(**waves), CreditPolicy(**credit), **own)  # type: ignore[arg-type]  # checked by name above


def of_name(policy: Policy, name: SettingName | CreditName) -> Setting:
    """How a setting stands."""
    value: Any
    if name in _CREDIT:
        value = getattr(policy.credit, _CREDIT[name])
    elif name in _QUIET:
        value = getattr(policy.quiet, _QUIET[name])
    elif name in _WAVES:
        value = getattr(policy.waves, _WAVES[name])
    else:
        value = getattr(policy, name)
    stands: Setting = value
    return stands


def change(settings: Mapping[str, object], name: str, said: str) -> dict[str, object]:
    """The settings with one of them as a coordinator said it.

    "quiet_hours" is two at once: "19-8"; tiers are several amounts, months may be "all". Raises KeyError for a setting
    that does not exist, OutOfBoundsError for a value that cannot be.
    """
    if name == "quiet_hours":
        start, _dash, end = said.partition("-")
        return dict(settings) | {"quiet_from": _clock(start), "quiet_until": _clock(end)}
    if name in CHOICES:
        if said not in CHOICES[name]:
            raise OutOfBoundsError(name)
        return dict(settings) | {name: CHOICES[name][said]}
    if name == "credit_tiers":
        return dict(settings) | {name: _tiers(said)}
    if name.endswith("_cents"):
        return dict(settings) | {name: _cents(name, said)}
    if (name, said) == ("credit_count_months", "all"):
        return dict(settings) | {name: None}
    return dict(settings) | {name: _number(name, said)}


class OutOfBoundsError(ValueError):
    """A value that a setting cannot have; its argument is the name of the setting."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most a number may be, and whether it counts people or messages."""

    low: float
    high: float
    whole: bool = True


BOUNDS: Mapping[str, Bounds] = {
    "answer_hours": Bounds(0.5, 80, whole=False),
    "urgent_hours": Bounds(0.5, 40, whole=False),
    "rumour_hours": Bounds(1, 160, whole=False),
    "remind_hours": Bounds(1, 80, whole=False),
    "confirm_hours": Bounds(0.5, 40, whole=False),
    "wave_size": Bounds(1, 10),
    "rumour_size": Bounds(1, 3),  # mission row A8: one to three best fits
    "live_candidates": Bounds(1, 20),
    "pushes_per_week": Bounds(0, 10),
    "credit_percent": Bounds(0, 100),
    "credit_source_percent": Bounds(0, 100),
    "credit_pot_percent": Bounds(0, 100),
    "credit_vat_percent": Bounds(0, 50),
    "credit_count_months": Bounds(1, 120),
    "credit_coins_newcomer": Bounds(0, 100),
    "credit_coins_publicity": Bounds(0, 100),
    "credit_coins_talks": Bounds(0, 100),
    "credit_dues_cents": Bounds(0, 2_000, whole=False),  # in euros, as it is said
    "credit_entry_cents": Bounds(0, 2_000, whole=False),
}
CHOICES: Mapping[str, Mapping[str, object]] = {
    "mode": {"waves": "waves", "one": "one"},
    "chooser": {"source": "source", "coordinator": "coordinator", "client": "client"},
    "quiet_weekends": {"on": True, "off": False},
    "credit_caps_per": {"job": "job", "client": "client"},
    "credit_report_every": {"month": "month", "end": "end"},
    "credit_count_extensions": {"on": True, "off": False},
    "credit_count_followups": {"on": True, "off": False},
    "credit_with_vat": {"on": True, "off": False},
    "credit_dues_in_pot": {"on": True, "off": False},
    "credit_leaver_coins": {"keep": "keep", "lapse": "lapse"},
}
SHOWN: tuple[SettingName, ...] = get_args(SettingName)
"""What a coordinator may change in chat, in the order it is shown."""
CREDIT_SHOWN: tuple[CreditName, ...] = get_args(CreditName)
"""The same of money, which whoever keeps it may change too (list F)."""
MOST_TIERS, HIGHEST_TIER = 5, 1_000_000  # euros
_AMOUNTS = re.compile(r"\d[\d.,]*\d|\d")
_WHOLE_EUROS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")


def _number(name: str, said: str) -> float:
    bounds = BOUNDS[name]
    try:
        number = float(said)
    except ValueError:
        raise OutOfBoundsError(name) from None
    if not bounds.low <= number <= bounds.high or (bounds.whole and not number.is_integer()):
        raise OutOfBoundsError(name)
    return int(number) if bounds.whole else number


def _tiers(said: str) -> list[int]:
    """Whole cents, lowest first, from "5.000, 7.500 en 10.000"."""
    found = []
    for amount in _AMOUNTS.findall(said):
        if not _WHOLE_EUROS.fullmatch(amount):
            raise OutOfBoundsError("credit_tiers")
        found.append(int(re.sub(r"\D", "", amount)))
    if not 0 < len(found) <= MOST_TIERS or not all(0 < each <= HIGHEST_TIER for each in found):
        raise OutOfBoundsError("credit_tiers")
    return [each * 100 for each in sorted(set(found))]


def _cents(name: str, said: str) -> int:
    """Whole cents from euros: "60", "12.50". "1.000" could be one or a thousand, so it is neither."""
    if not re.fullmatch(r"\d+(?:\.\d{1,2})?", said):
        raise OutOfBoundsError(name)
    return round(_number(name, said) * 100)


def _clock(said: str) -> str:
    """A wall clock time as ISO, from "19", "7:30" or "7.30"."""
    hour, _colon, minute = said.strip().replace(".", ":").partition(":")
    try:
        return time(int(hour) % 24, int(minute or 0)).isoformat("minutes")
    except ValueError:
        raise OutOfBoundsError("quiet_hours") from None


_QUIET = {"quiet_from": "start", "quiet_until": "end", "quiet_weekends": "weekends"}
_WAVES = {
    "wave_size": "size",
    "answer_hours": "window_hours",
    "urgent_hours": "urgent_window_hours",
    "rumour_hours": "rumour_window_hours",
    "live_candidates": "max_live",
    "rumour_size": "rumour_size",
}
_OWN = frozenset(
    {
        "mode",
        "chooser",
        "pushes_per_week",
        "vouches_per_year",
        "remind_hours",
        "confirm_hours",
        "repeat_days",
        "invitation_days",
        "keeps_corrections",
    }
)
_CREDIT = {f"credit_{each.name}": each.name for each in fields(CreditPolicy)}
