"""How a text with gaps is written down, and how the gaps are filled.

    Hoi {name}                           the value of `name`
    [Tarief: {rate}]                     left out when `rate` is empty
    [?mine Zie {title}.]  [!mine Top.]   the same, and only when `mine` holds something; only when it does not
    {told|1 lid|# leden}                 one or several; # is the number

A line of which nothing remains disappears, and so do the blank lines around it. What is filled in is never read as
a template: a member may write braces.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_SEGMENT = re.compile(r"\[(?:([?!])(\w+) ?)?([^\[\]]*)\]|([^\[\]]+)")
_GAP = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to fill; with `one` and `many` it shows the form that goes with the number."""

    name: str
    one: str | None = None
    many: str | None = None

    def fill(self, values: Mapping[str, str]) -> str:
        """What stands here."""
        value = values.get(self.name, "")
        if self.one is None or self.many is None:
            return value
        return self.one if value == "1" else self.many.replace("#", value)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line. `condition` and `name` say when it is shown."""

    pieces: tuple[str | Gap, ...]
    condition: Literal["always", "filled", "if", "unless"] = "always"
    name: str = ""

    def gaps(self) -> tuple[str, ...]:
        """The names this stretch needs."""
        return tuple(piece.name for piece in self.pieces if isinstance(piece, Gap))

    def fill(self, values: Mapping[str, str]) -> str:
        """The text of this stretch, or nothing."""
        if self.condition in ("if", "unless") and bool(values.get(self.name)) != (self.condition == "if"):
            return ""
        shown = []
        for piece in self.pieces:
            if isinstance(piece, str):
                shown.append(piece)
            elif values.get(piece.name) or self.condition == "always":
                shown.append(piece.fill(values))
            else:
                return ""
        return "".join(shown)


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut into lines and stretches, ready to fill. `plain` is the text itself when there is nothing to fill."""

    lines: tuple[tuple[Segment, ...], ...]
    plain: str | None = None

    def names(self) -> set[str]:
        """Every name it asks for."""
        segments = [segment for line in self.lines for segment in line]
        return {name for each in segments for name in (*each.gaps(), each.name) if name}

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with these values; a name without a value is empty."""
        if self.plain is not None:
            return self.plain
        shown: list[str] = []
        for line in self.lines:
            text = "".join([segment.fill(values) for segment in line])
            is_blank = not text.strip()
            if is_blank and (line or not shown or not shown[-1]):
                continue
            shown.append("" if is_blank else text)
        return "\n".join(shown if not shown or shown[-1] else shown[:-1])


def parse(text: str) -> Template:
    """A template from the text in a language file."""
    stripped = text.strip()
    lines = tuple(tuple(map(_segment, _SEGMENT.finditer(line))) for line in stripped.split("\n"))
    return Template(lines, plain=None if set("{[") & set(stripped) else stripped)


def _segment(match: re.Match[str]) -> Segment:
    sign, name, optional, plain = match.groups()
    if plain is not None:
        return Segment(_pieces(plain))
    if sign is None:
        return Segment(_pieces(optional), "filled")
    return Segment(_pieces(optional), "if" if sign == "?" else "unless", name)


def _pieces(text: str) -> tuple[str | Gap, ...]:
    pieces: list[str | Gap] = []
    end = 0
    for match in _GAP.finditer(text):
        pieces += [text[end : match.start()], Gap(*match.groups())]
        end = match.end()
    return (*pieces, text[end:])
