"""The settings of a collective: starting values that a coordinator may change. No number of these stands elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Literal

from assistant.rules.credit import CreditPolicy
from assistant.rules.quiet import QuietHours
from assistant.rules.waves import WavePolicy

Mode = Literal["waves", "one"]
Chooser = Literal["source", "coordinator", "client"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a collective works. `pushes_per_week` is per member; `vouches_per_year` per member (mission row D23).

    `mode` "one" asks one member at a time and proposes one name (mission row B9). `chooser` picks among those who
    said yes. `remind_hours`: working hours after which a source who has not chosen is reminded. `repeat_days`: how
    far back a second telling of a lead is recognised. `invitation_days`: how long a code is valid.
    """

    quiet: QuietHours = field(default_factory=QuietHours)
    waves: WavePolicy = field(default_factory=WavePolicy)
    credit: CreditPolicy = field(default_factory=CreditPolicy)
    mode: Mode = "waves"
    chooser: Chooser = "source"
    pushes_per_week: int = 2
    vouches_per_year: int = 5
    remind_hours: float = 16.0
    repeat_days: int = 60
    invitation_days: int = 30


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
        "repeat_days",
        "invitation_days",
    }
)
_CREDIT = {f"credit_{each.name}": each.name for each in fields(CreditPolicy)}
