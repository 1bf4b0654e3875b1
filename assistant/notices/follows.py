"""What is told about following clients and fields."""

from dataclasses import dataclass

from assistant.notices.base import MOST_BUTTONS, Choice, Notice
from dialogs import commands as do


@dataclass(frozen=True)
class AskFollow(Notice):
    """Which client or theme do you want to follow?"""


@dataclass(frozen=True)
class Followed(Notice):
    """You follow these now; only you see that."""

    topics: tuple[str, ...]
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class Unfollowed(Notice):
    """You no longer follow this; or what you had ruled out (`ruled_out`) may come again."""

    topic: str
    change_id: int
    ruled_out: bool = False

    @property
    def variant(self) -> str:
        """Followed, or ruled out."""
        return "ruled_out" if self.ruled_out else "followed"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class Follows(Notice):
    """What you follow and what you want nothing of, each with a button to end it."""

    likes: tuple[str, ...]
    dislikes: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Something, or nothing at all."""
        return "some" if self.likes or self.dislikes else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each, of the first few."""
        liked = [Choice("unfollow", do.Unfollow(each), each) for each in self.likes[:MOST_BUTTONS]]
        ruled_out = [
            Choice("allow", do.Unfollow(each, ruled_out=True), each) for each in self.dislikes[:MOST_BUTTONS]
        ]
        return (*liked, *ruled_out)
