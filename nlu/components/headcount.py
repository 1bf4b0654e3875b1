"""Finds how many people are asked: "2 trainers", "Aantal: 1", "we zoeken twee mensen"; "een trainer" is no number."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import words_of
from nlu.finds import Find, found, note
from nlu.lexicon import Words, word_set
from nlu.tape import Tape, compiled, tape_of

MOST: Final = 99

_COUNTED: Final = compiled(r"(?:COUNT|OPENINGS) : (?P<it>\d{1,2})")
_OPENINGS: Final = compiled(r"(?P<it>\d{1,2}) OPENINGS")
_ASKED: Final = compiled(
    r"(?:SEEKSOME(?: (?:_|NOW|STILL)){0,2}|SEEK(?: _)? (?:NOW|STILL)) (?P<it>\d{1,2})(?= (?:[,.;!?)]|BREAK|$))"
)
_MORE: Final = compiled(r"(?P<it>1?\d) INSTEADOF \d{1,2}(?= (?:[,.;!?)]|BREAK|PERSON|$))")
_PEOPLE: Final = compiled(
    r"(?:SEEK|MAKEIT)(?: (?:_|THE|ABOUT|FOR)){0,2} (?P<it>\d{1,2}) PERSON|(?P<n>\d{1,2}) PERSON(?: _)? SEEK"
    r"|(?P<now>\d{1,2}) PERSON(?: _)? (?:INSTEADOF|NOT) \d{1,2}"
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
                if pattern is _OPENINGS and _is_where(words_of(doc), tape, match.first):
                    continue
                groups = match.groups.groupdict()
                number = next(filter(None, map(groups.get, ("it", "n", "now", "alone"))), "0")
                return [tape.find("headcount", int(number), match.first, match.last)]
        return _before_roles(doc, tape) or _people(words_of(doc), tape) or _replaced(tape)

    def __call__(self, doc: Doc) -> Doc:
        """Note it."""
        return note(doc, self.find(doc))


def _replaced(tape: Tape) -> list[Find]:
    """ "Ze willen er 3 ipv 2": a bare figure that takes the place of another counts people."""
    matches = list(tape.matches(_MORE)) if " INSTEADOF " in tape.text else []
    if not tape.kinds.isdisjoint({"SEEKSOME", "SEEK"}) and tape.kinds.isdisjoint({"DAYS", "HOURS"}):
        matches += tape.matches(_ASKED)  # "en ze willen er toch 2"
    return [tape.find("headcount", int(m.groups["it"]), m.first, m.last) for m in matches][:1]


def _is_where(words: Words, tape: Tape, place: int) -> bool:
    """ "Op vier plekken": where something is, no openings."""
    index = words.at(tape.items[place].start)
    return index > 0 and words.folded[index - 1] in {"op", "in", "at", "on"}


# "A group of 11 engineers" is taught or led, and not asked for.
_GROUPS: Final = [
    [group, of] for group in ("group", "class", "groep", "klas", "ploeg") for of in ("of", "van")
]
_SOME: Final = compiled(r"(?P<it>\d{1,2} (?:_ )?PERSON)")


def _people(words: Words, tape: Tape) -> list[Find]:
    """ "Twee zzp'ers als tester", "2 man extra", "2 devops people"."""
    for match in tape.matches(_SOME) if "PERSON" in tape.kinds else ():
        number, person = tape.items[match.first], tape.items[match.last - 1]
        behind = words.at(person.end)
        wanted = behind < len(words) and words.folded[behind] in word_set("role", "people_wanted")
        middle = [words.folded[words.at(item.start)] for item in tape.items[match.first + 1 : match.last - 1]]
        if (middle and taxonomy.kind_of(middle[0]) is not None) or (wanted and not middle):
            return [tape.find("headcount", int(number.symbol), match.first, match.last)]
    return []


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
    words = words_of(doc)
    counts: dict[int, int] = {}
    alone = 0
    for place in places:
        own = _behind(tape, place) | _before(words, tape, place)
        alone += not own and _is_one(words, tape, place)
        counts.update(own)
    if counts:
        return [_sum(tape, counts, places, alone)]
    # "... freelance trainers. We have room for two trainers."
    for again in [starts[role.start] for role in found(doc, "role_again") if role.start in starts]:
        if counts := _before(words, tape, again):
            return [_sum(tape, counts, [again], 0)]
    return []


def _before(words: Words, tape: Tape, place: int) -> dict[int, int]:
    """The number before a role, one word in between at most; "our three teachers" are there already."""
    for before in (place - 1, place - 2):
        symbol = tape.items[before].symbol if before >= 0 else ""
        if symbol.isdecimal() and 0 < int(symbol) <= MOST:
            index = words.at(tape.items[before].start)
            theirs = index > 0 and words.folded[index - 1] in word_set("role", "staff_of")
            theirs = theirs or words.folded[max(0, index - 2) : index] in _GROUPS
            return {} if theirs and words.gap(index) == " " else {before: int(symbol)}
        if symbol not in {"_", "EXPERIENCE"}:  # "twee ervaren testers"
            break
    return {}


def _is_one(words: Words, tape: Tape, place: int) -> bool:
    """Whether "een" stands before a role: beside "twee tolken" it is one more."""
    index = words.at(tape.items[place].start)
    before = words.folded[max(0, index - 2) : index]
    return not {"een", "a", "an", "one", "n"}.isdisjoint(before)


def _sum(tape: Tape, counts: dict[int, int], places: list[int], alone: int) -> Find:
    first, last = min([*counts, *places]), max([*counts, *places])
    first = min(counts) if min(counts) < min(places) else first
    return Find("headcount", sum(counts.values()) + alone, tape.items[first].start, tape.items[last].end)
