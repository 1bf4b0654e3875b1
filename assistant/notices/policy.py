"""What is told about how the collective is set."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from assistant.rules.policy import CreditName, Policy, SettingName
from dialogs import commands as do


@dataclass(frozen=True)
class PolicyShown(Notice):
    """How the collective is set, a line a setting; a coordinator sees how to change it."""

    collective: str
    policy: Policy
    coordinator: bool = False


@dataclass(frozen=True)
class CreditShown(Notice):
    """What is asked and given in money and coins, a line a setting; `may_change`: how to change it (row D28)."""

    collective: str
    policy: Policy
    may_change: bool = False


@dataclass(frozen=True)
class PolicySet(Notice):
    """The settings that were changed, as they are now; to the other coordinators: `by` did it."""

    names: tuple[SettingName | CreditName, ...]
    policy: Policy
    change_id: int | None = None
    by: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class PolicyRefused(Notice):
    """This setting cannot have that value: what it can be."""

    name: str
