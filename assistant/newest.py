"""What was made of the newest text of each: an agenda is read with every lead that comes near, and seldom changes."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Kept of the `most` that were new last, by whose it is: what an older text said nobody asks for again.

    A cache by the text alone keeps all that was ever said, until it is full: ever more memory, month after month.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        self._make, self._most = make, most
        self._kept: OrderedDict[int, tuple[str, T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, whose: int, text: str) -> T:
        """What is made of this text; made anew where it is not what was kept."""
        kept = self._kept.get(whose)
        if kept is not None and kept[0] == text:
            return kept[1]
        made = self._make(text)
        self._kept[whose] = text, made
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return made
