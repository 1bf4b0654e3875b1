"""What is told about who has which role in the collective."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from assistant.rules.rights import Role
from dialogs import commands as do


@dataclass(frozen=True)
class RoleSet(Notice):
    """Given or ended: to who said so (`own`: of themself), and to each `other` coordinator, with `by` whom."""

    role: Role
    name: str
    has: bool
    change_id: int | None = None
    by: str | None = None
    own: bool = False
    other: bool = False

    @property
    def variant(self) -> str:
        """Each role has its own sentence."""
        to = "own_" if self.own else "other_" if self.other else ""
        return f"{to}{'' if self.has else 'no_'}{self.role}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class RoleYours(Notice):
    """To the member: `by` gave you this role, or ended it."""

    role: Role
    by: str
    collective: str
    has: bool

    @property
    def variant(self) -> str:
        """What you can do now, or that you need not any more."""
        return self.role if self.has else f"no_{self.role}"


@dataclass(frozen=True)
class RoleKnown(Notice):
    """Nothing changes: they have that role already, or do not."""

    role: Role
    name: str
    has: bool

    @property
    def variant(self) -> str:
        """Which of the two, a sentence a role."""
        return self.role if self.has else f"no_{self.role}"


@dataclass(frozen=True)
class LastOfRole(Notice):
    """The only coordinator stays until there is another."""

    collective: str
    own: bool

    @property
    def variant(self) -> str:
        """Yourself, or somebody else."""
        return "own" if self.own else "other"


@dataclass(frozen=True)
class RolesShown(Notice):
    """Who does what; a coordinator sees how to change it."""

    collective: str
    coordinators: tuple[str, ...]
    treasurers: tuple[str, ...]
    intake: tuple[str, ...]
    may_change: bool = False
