"""Finds how many people are asked: "2 trainers", "Aantal: 1", "we zoeken twee mensen"; "een trainer" is no number."""

from spacy.language import Language
from spacy.tokens import Doc

from nlu.finds import Find, found, note
from nlu.tape import Tape, compiled, tape_of

MOST = 99

_COUNTED = compiled(r"(?:COUNT|OPENINGS) : (?P<it>\d{1,2})")
_OPENINGS = compiled(r"(?P<it>\d{1,2}) OPENINGS")
_MORE = compiled(r"(?P<it>1?\d) INSTEADOF \d{1,2}(?= (?:[,.;!?)]|BREAK|PERSON|$))")
_PEOPLE = compiled(
    r"(?:SEEK|MAKEIT)(?: (?:_|THE|ABOUT|FOR)){0,2} (?P<it>\d{1,2}) PERSON|(?P<n>\d{1,2}) PERSON(?: _)? SEEK"
    r"|(?:[.,;:!?(]|BREAK) (?P<alone>[1-6]) PERSON(?= (?:[.,;!)]|BREAK|$))"
)


def make_headcount(nlp: Language, name: str) -> "HeadcountFinder":
    """Build the component. It needs the roles."""
    return HeadcountFinder()


class HeadcountFinder:
    """Finds of kind "headcount": an int; of "3 hosts + 1 technicus" the sum."""

    kinds = ("headcount",)

    def find(self, doc: Doc) -> list[Find]:
        """At most one."""
        tape = tape_of(doc)
        if not tape.figures:
            return []
        for needs, pattern in ((" : ", _COUNTED), (" OPENINGS", _OPENINGS), (" PERSON", _PEOPLE)):
            for match in tape.matches(pattern) if needs in tape.text else ():
                groups = match.groups.groupdict()
                number = groups["it"] or groups.get("n") or groups.get("alone") or "0"
                return [tape.find("headcount", int(number), match.first, match.last)]
        return _before_roles(doc, tape) or _replaced(tape)

    def __call__(self, doc: Doc) -> Doc:
        """Note it."""
        return note(doc, self.find(doc))


def _replaced(tape: Tape) -> list[Find]:
    """ "Ze willen er 3 ipv 2": a bare figure that takes the place of another counts people."""
    matches = tape.matches(_MORE) if " INSTEADOF " in tape.text else ()
    return [tape.find("headcount", int(m.groups["it"]), m.first, m.last) for m in matches][:1]


def _behind(tape: Tape, place: int) -> dict[int, int]:
    """ "lichttechnici (3x)", "tester x2"."""
    after = [item.symbol for item in tape.items[place + 1 : place + 5]]
    for opening in (0, 1):
        rest = after[opening:]
        if opening and after[:1] not in (["("], ["_"]):
            break
        if rest[1:2] == ["TIMES"] and rest[0].isdecimal() and 0 < int(rest[0]) <= MOST:
            return {place + 1 + opening: int(rest[0])}
        if rest[:1] == ["TIMES"] and rest[1:2] and rest[1].isdecimal() and 0 < int(rest[1]) <= MOST:
            return {place + 2 + opening: int(rest[1])}
    return {}


def _before_roles(doc: Doc, tape: Tape) -> list[Find]:
    """The numbers that stand before a role, at most one other word in between, added up."""
    roles = found(doc, "role")
    if not roles:
        return []
    starts = {item.start: index for index, item in enumerate(tape.items)}
    places = [starts[role.start] for role in roles if role.start in starts]
    counts: dict[int, int] = {}
    for place in places:
        counts.update(_behind(tape, place))
        for before in (place - 1, place - 2):
            symbol = tape.items[before].symbol if before >= 0 else ""
            if symbol.isdecimal() and 0 < int(symbol) <= MOST:
                counts[before] = int(symbol)
            if symbol != "_":
                break
    again = [starts[role.start] for role in found(doc, "role_again") if role.start in starts]
    if not counts:  # "... freelance trainers. We have room for two trainers."
        places = again
        near = [place - 1 for place in again if place and tape.items[place - 1].symbol.isdecimal()]
        counts = {
            place: int(tape.items[place].symbol)
            for place in near[:1]
            if 0 < int(tape.items[place].symbol) <= MOST
        }
    if not counts:
        return []
    first, last = min([*counts, *places]), max([*counts, *places])
    first = min(counts) if min(counts) < min(places) else first
    return [Find("headcount", sum(counts.values()), tape.items[first].start, tape.items[last].end)]
