"""Finds the outsider one should call or mail: a name, a phone number, an e-mail address.

Privacy rests on this: what is found here is split off and shown to nobody before an introduction.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlu import gazetteer
from nlu.components.names import (
    Spans,
    first_names,
    greeted,
    knows,
    looks_like_name,
    name_end,
    own_named,
    particles,
    small_name_end,
    spans_of,
    titles,
    words_of,
    wordy_names,
)
from nlu.finds import Find, found, note
from nlu.lexicon import Hit, Phrases, Words, fold, phrases_of, split, word_set
from nlu.meaning import Contact, Context

SHORTEST_FIRST: Final = 2  # letters of a first name that an address may hold by chance
BEFORE: Final = 90  # characters in which the name before a number is looked for
FAR_BACK: Final = 150  # words in which somebody is looked for whom a pronoun means
AFTER: Final = 40
TOGETHER: Final = 60  # characters between a number and an address of one person
SIGNATURE: Final = 300  # characters from "groeten," to the last line of a signature

_MOBILE: Final = r"(?:(?:\+|00)31[\s.\-]{0,2}(?:\(0\)[\s.\-]{0,2})?|\(?0)6\)?(?:[\s.\-–/]{0,3}\d){8}"
_LANDLINE: Final = r"\(?0[1-9]\d{1,2}\)?(?:[\s.\-–/]{0,3}\d){6,7}"
_BELGIAN: Final = r"0[1-9]\d?[\s/]\s?\d{2,3}(?:[\s.]\d\d){2}"
_SERVICE: Final = r"0[89]00[\s\-]{0,2}\d{4}(?:\d{3})?"
_ABROAD: Final = r"(?:\+|00)[1-9]\d{0,2}(?:[\s.\-–/()]{0,3}\d){7,11}"
_PHONE: Final = re.compile(
    rf"(?<![\w€$+])(?<!\d[.,/-])(?:{_MOBILE}|{_LANDLINE}|{_BELGIAN}|{_SERVICE}|{_ABROAD})(?![\w%])", re.ASCII
)
_MAY_BEGIN: Final = re.compile(r"[(+0]")  # trying the long pattern only there saves half its time
_MAY_HOLD: Final = re.compile(r"[(+0@\[{]")  # what a number or an address, "[at]" included, cannot do without
_MAY_HOLD_AT: Final = re.compile(r"[@\[({]")
_DATE: Final = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")
# What stands before the number of a bank account or of a firm: "VAT BE 0123.456.789", "KvK: 01234567".
_NO_PHONE: Final = re.compile(
    r"(?:[A-Z]{2}\d\d\s?[A-Z]{4}|\b(?:VAT|BTW|TVA|KVK|KBO|BCE|RSIN|IBAN|COC)\b[^\d\n]{0,8}|\bBE)\s?\Z",
    re.IGNORECASE,
)
_AT: Final = re.compile(r"\s?[\[({]\s?(?:at|apenstaartje|apestaartje)\s?[\])}]\s?|@", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[\w+%-]{1,64}(?:\.[\w+%-]{1,64}){0,6}\Z")
_DOMAIN: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_CHAT: Final = re.compile(r"[> ]{0,4}\[[^\]\n]{3,30}\] ([^:\n]{2,40}):")  # a line of a copied chat
_STOP: Final = re.compile(r"(?<!tel)(?<!mob)(?<!nr)(?<!T)(?<!M)(?<!E)(?<![\s.]\w)[.?!]\s|\n\s*\n")


class Piece(NamedTuple):
    """A phone number, an e-mail address or a name, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


def make_contact(nlp: Language, name: str) -> "ContactFinder":
    """Build the component."""
    return ContactFinder()


class ContactFinder:
    """Finds "contact" (a Contact), and each part of it as "phone", "email" and "contact_name" (texts)."""

    kinds = ("contact", "contact_again", "contact_name", "phone", "email")

    def __init__(self) -> None:
        self._cues: Phrases[str] = phrases_of("contact", "before", "sign_off", "own", "forwarded")
        self._firm: Phrases[str] = phrases_of("contact", "firm")
        self._theirs: Phrases[str] = phrases_of("contact", "theirs")
        self._introduces: Phrases[str] = phrases_of("contact", "introduces")
        self._here: Phrases[str] = phrases_of("contact", "here")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """One contact for each group of name, number and address that stand together."""
        words = words_of(doc)
        pieces = pieces_of(words.text)
        hits = self._cues.find(words)
        if not pieces:
            return self._name_only(doc, words, hits, forwarded=_is_forwarded(doc, words, hits))
        finds: list[Find] = [Find(piece.kind, piece.value, piece.start, piece.end) for piece in pieces]
        forwarded = _is_forwarded(doc, words, hits)
        begins = [words.starts[hit.first] for hit in hits]
        readers = spans_of(doc, "header", "disclaimer")
        signatures = {find.start: find.end for find in found(doc, "signature")}
        speaker = self._speaker(words, hits) if forwarded else None
        contacts = _senders(words, doc)
        for group in _groups([piece for piece in pieces if not readers.touch(piece.start, piece.end)]):
            start = group[0].start
            near = hits[bisect_left(begins, start - SIGNATURE) : bisect_left(begins, start)]
            name = _signer(words, start, near, signatures) or _name_of(words, group, near)
            if name is None and not forwarded and _is_own(words, group, near):
                continue
            name = name or self._meant_by_pronoun(words, start) or _who_chats(words, group) or speaker
            contacts += _contact(group, name)
        if not contacts:  # the numbers are those of a meeting or an office
            contacts = self._name_only(doc, words, hits, forwarded=forwarded)
        return finds + _merged(contacts)

    def _meant_by_pronoun(self, words: Words, start: int) -> Piece | None:
        """ "Haar nummer is", "reach him at": the last one who was named before that."""
        index = words.at(max(0, start - BEFORE // 2))
        while index < len(words) and words.starts[index] < start:
            if self._theirs.match(words, index) is not None:
                return _last_named(words, index)
            index += 1
        return None

    def _speaker(self, words: Words, hits: list[Hit[str]]) -> Piece | None:
        """Who says in what was forwarded who they are, "this is Denise", or closes it: "Rgds, Denise"."""
        for hit in self._introduces.find(words):
            name = _cued_name(words, hit)
            if name is not None:
                return name
        for hit in self._here.find(words):
            last = hit.first - 1
            if last >= 0 and words.gap(hit.first) == " " and knows(words, last):
                return _piece(words, last, last)
        closing = [hit for hit in hits if hit.value == "sign_off"]
        return _cued_name(words, closing[-1]) if closing else None

    def _name_only(self, doc: Doc, words: Words, hits: list[Hit[str]], *, forwarded: bool) -> list[Find]:
        """Without number or address only a clear cue counts: "contactpersoon: X", a mail's head or its signature."""
        senders = _senders(words, doc)
        if senders:
            return _merged(senders)
        for hit in hits:
            firm = hit.value == "before" and self._firm.match(words, hit.first) is not None
            if firm or (hit.value == "sign_off" and forwarded):
                name = _cued_name(words, hit)
                if name is not None:
                    return _contact([], name)
        return []


def _last_named(words: Words, before: int) -> Piece | None:
    """The last first name before a word, with its surname; who is greeted is the reader."""
    for index in range(before - 1, max(-1, before - FAR_BACK), -1):
        named = knows(words, index) or (_is_called(words, index) and looks_like_name(words, index))
        if named and not greeted(words, index) and not own_named(words, index):
            last = name_end(words, index)
            return _piece(words, index, index if last is None else min(last, before - 1))
    return None


def _is_called(words: Words, index: int) -> bool:
    """ "Fatiha heet ze", "ze heet Fatiha"."""
    called = word_set("contact", "called")
    return not called.isdisjoint(
        words.folded[max(0, index - 1) : index] + words.folded[index + 1 : index + 2]
    )


def _who_chats(words: Words, group: list[Piece]) -> Piece | None:
    """ "[04-12 16:05] Joost: ... bellen mag 06-...": whose line of a copied chat it is."""
    line = words.text.rfind("\n", 0, group[0].start) + 1
    said = _CHAT.match(words.text, line)
    if said is None:
        return None
    first = words.at(said.start(1))
    last = name_end(words, first) if first < len(words) else None
    return None if last is None or words.ends[last] > said.end(1) else _piece(words, first, last)


def pieces_of(text: str) -> list[Piece]:
    """Every phone number and e-mail address in a text, in order."""
    if not _MAY_HOLD.search(text):
        return []
    found = list(_emails(text)) if _MAY_HOLD_AT.search(text) else []
    taken = Spans((piece.start, piece.end) for piece in found)
    found += [piece for piece in _phones(text) if not taken.touch(piece.start, piece.end)]
    return sorted(found, key=_start)


def _start(piece: Piece) -> int:
    return piece.start


def _emails(text: str) -> Iterator[Piece]:
    """Addresses, found from the @ outwards so that a long text without one costs nothing."""
    for at in _AT.finditer(text):
        before = _LOCAL.search(text[max(0, at.start() - 64) : at.start()])
        after = _DOMAIN.match(text, at.end())
        if before and after:
            address = f"{before.group()}@{after.group()}"
            yield Piece("email", address, at.start() - len(before.group()), after.end())


def _phones(text: str) -> Iterator[Piece]:
    free = 0
    for start in _MAY_BEGIN.finditer(text):
        match = _PHONE.match(text, start.start()) if start.start() >= free else None
        if match is None:
            continue
        free = match.end()
        value = match.group()
        digits = sum(char.isdigit() for char in value)
        national = value.lstrip("(").startswith("0") and not value.startswith("00")
        service = value.startswith(("0800", "0900"))
        if _DATE.search(value) or (national and not service and digits not in {9, 10}):
            continue
        if _NO_PHONE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        opened = len(value) - len(value.lstrip("(")) if ")" not in value else 0
        yield Piece("phone", value[opened:], match.start() + opened, match.end())


def _groups(pieces: list[Piece]) -> list[list[Piece]]:
    """Numbers and addresses that stand together belong to one person."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and piece.start - groups[-1][-1].end <= TOGETHER and _fits(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _fits(group: list[Piece], piece: Piece) -> bool:
    """A second address is a second person; a second number is not (office and mobile)."""
    return piece.kind == "phone" or all(other.kind != "email" for other in group)


def _senders(words: Words, doc: Doc) -> list[Find]:
    """Who wrote, by the head of the mail: "From: Jan de Boer", "On Monday Sarah wrote:"."""
    contacts = []
    for line in found(doc, "sender"):
        name = _sender(words, line)
        if name is not None:
            contacts += _contact([], name)
    return contacts


def _sender(words: Words, line: Find) -> Piece | None:
    """The first word after the label or beside "wrote" that begins a name, or any first name we know."""
    verbs = word_set("mail", "wrote")
    first = index = words.at(line.start)
    while index < len(words) and words.starts[index] < line.end:
        last = name_end(words, index)
        if last is None or words.ends[last] > line.end:
            index += 1
            continue
        beside = words.folded[index - 1] in verbs or words.folded[last + 1 : last + 2] == ["wrote"]
        labelled = index == first + 1 and ":" in words.gap(index)
        if (knows(words, index) or beside or labelled) and not _is_organisation(
            words.folded[index : last + 1]
        ):
            return _piece(words, index, last)
        index = last + 1
    return None


def _merged(finds: list[Find]) -> list[Find]:
    """One contact for one person: the sender in a mail's head is who signed it, with number and address.

    Where the same contact stands again is noted as "contact_again".
    """
    merged: list[Find] = []
    others: list[Find] = []
    for find in finds:
        if find.kind != "contact":
            others.append(find)
            continue
        same = next((place for place, one in enumerate(merged) if _is_same(one.value, find.value)), None)
        if same is None:
            merged.append(find)
        else:
            merged[same] = merged[same]._replace(value=_joined(merged[same].value, find.value))
            others.append(find._replace(kind="contact_again"))
    return [*_with_loose_number(merged), *others]


def _with_loose_number(contacts: list[Find]) -> list[Find]:
    """ "Bellen mag: 0599-550199. Groet, Wieteke": a number without a name is of the only one who is named."""
    named = [find for find in contacts if find.value.name]
    loose = [find for find in contacts if not find.value.name]
    if len(named) != 1 or len(loose) != 1:
        return contacts
    both = named[0].value, loose[0].value
    if any(
        one and other and one != other
        for one, other in ((both[0].email, both[1].email), (both[0].phone, both[1].phone))
    ):
        return contacts
    return [named[0]._replace(value=_joined(*both))]


def _is_same(one: Contact, other: Contact) -> bool:
    """The same number or address, the same name, or a first name and the full one."""
    if (one.email and one.email == other.email) or (one.phone and one.phone == other.phone):
        return True
    if not (one.name and other.name) or (one.email and other.email):
        return False
    first, second = _untitled(one.name), _untitled(other.name)
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0])


def _untitled(name: str) -> tuple[str, ...]:
    """The words of a name without "mr." or "mevrouw" before it."""
    parts = split(name)
    return parts[1:] if len(parts) > 1 and parts[0] in titles() else parts


def _joined(one: Contact, other: Contact) -> Contact:
    name = max(one.name or "", other.name or "", key=len) or None
    return Contact(name, one.phone or other.phone, one.email or other.email)


def _contact(group: list[Piece], name: Piece | None) -> list[Find]:
    parts = [*group, name] if name else group
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    value = Contact(
        name=name.value if name else None, phone=_first(group, "phone"), email=_first(group, "email")
    )
    contact = Find("contact", value, start, end)
    return [contact, Find("contact_name", name.value, name.start, name.end)] if name else [contact]


def _first(group: list[Piece], kind: str) -> str | None:
    return next((piece.value for piece in group if piece.kind == kind), None)


def _name_of(words: Words, group: list[Piece], hits: list[Hit[str]]) -> Piece | None:
    """The name before the number, else right after it, else the one that signed or was announced."""
    near = _name_before(words, group) or _name_after(words, group) or _announced(words, group, hits)
    return near or _in_address(words, group)


def _in_address(words: Words, group: list[Piece]) -> Piece | None:
    """ "Karin bij de gemeente ... karin.b@leiden.example": the first name that the address begins with."""
    address = fold(_first(group, "email") or "").partition("@")[0]
    first = address.replace("_", ".").partition(".")[0]
    if len(first) <= SHORTEST_FIRST or first not in first_names():
        return None
    places = (i for i, word in enumerate(words.folded) if word == first and words.starts[i] < group[0].start)
    index = next((i for i in places if words.capital(i) and not greeted(words, i)), None)
    return None if index is None else _piece(words, index, index)


def _signer(words: Words, start: int, hits: list[Hit[str]], signatures: dict[int, int]) -> Piece | None:
    """The name behind "Met vriendelijke groet", for a number or address that stands below it."""
    for hit in hits[::-1]:
        if hit.value == "sign_off" and start < signatures.get(words.starts[hit.first], 0):
            return _cued_name(words, hit)
    return None


def _name_before(words: Words, group: list[Piece]) -> Piece | None:
    start = group[0].start
    best: Piece | None = None
    index = words.at(max(0, start - BEFORE))
    while index < len(words) and words.starts[index] < start:
        at = index
        name, index = _candidate(words, index, group)
        if name is None or name.end > start or _STOP.search(words.text[name.end : start]):
            continue
        if best is not None and _is_firm_of(words, best, at):
            continue
        if best is None or _is_sure(words, at, group) or not _is_sure(words, words.at(best.start), group):
            best = name  # "Tyler Brandt | Senior Partner | Northbeam": the known first name, not what stands nearer
    return best


def _is_firm_of(words: Words, person: Piece, at: int) -> bool:
    """ "Rens Hoogland van Finquest": what stands behind "van" is where somebody works, no one else."""
    between = words.text[person.end : words.starts[at]].strip().lower()
    return between in word_set("contact", "from_firm") and not knows(words, at)


def _is_sure(words: Words, index: int, group: list[Piece]) -> bool:
    """Whether a first name we know, a title, or a name that is in the address begins here."""
    word = words.folded[index]
    address = fold(_first(group, "email") or "").partition("@")[0]
    return knows(words, index) or word in titles() or (len(word) > 2 and word in address)


def _name_after(words: Words, group: list[Piece]) -> Piece | None:
    """ "bureau@example.org (Wim)", "werving@example.org, t.a.v. mevrouw Bouzid"."""
    end = group[-1].end
    index = words.at(end)
    while index < len(words) and words.starts[index] < end + AFTER:
        if _STOP.search(words.text[end : words.starts[index]]) and words.folded[index] not in titles():
            return None
        name, index = _candidate(words, index, group)
        if name is not None:
            return name
    return None


def _candidate(words: Words, index: int, group: list[Piece]) -> tuple[Piece | None, int]:
    """The name that begins at this word, if any can be believed, and where to read on."""
    last = name_end(words, index)
    if last is None:
        last = small_name_end(words, index)
    if last is None:
        return None, index + 1
    if greeted(words, index) or own_named(words, index) or not _credible(words, index, last, group):
        return None, last + 1
    return _piece(words, index, last), last + 1


def _piece(words: Words, first: int, last: int) -> Piece:
    """A name as written; one in small letters gets its capitals."""
    said = words.said(first, last)
    if said.islower():
        said = " ".join(word if word in particles() else word.capitalize() for word in said.split())
    return Piece("name", said, words.starts[first], words.ends[last])


def _credible(words: Words, first: int, last: int, group: list[Piece]) -> bool:
    """A known first name, a title, a name that is in the address, or two capitals next to the number."""
    parts = words.folded[first : last + 1]
    if _is_organisation(parts):
        return False
    near = 0 <= group[0].start - words.ends[last] <= 3 or 0 <= words.starts[first] - group[-1].end <= 3
    if parts[0] in wordy_names() and not words.capital(first):
        return near
    if knows(words, first) or parts[0] in titles() or parts[0] in first_names():
        return True
    address = fold(_first(group, "email") or "").partition("@")[0]
    if any(len(part) > 2 and part in address for part in parts):
        return True
    if last > first > 0 and words.folded[first - 1] in word_set("contact", "reach"):
        return True  # "bel Rens Hoogland", though Hoogland is a village
    if any(gazetteer.is_place(words, index) for index in range(first, last + 1)):
        return False  # "Kantoor Rotterdam"
    return near and (last > first or not words.begins(first))


def _is_organisation(parts: list[str]) -> bool:
    heads, tails = word_set("client", "heads"), word_set("client", "tails")
    agencies = word_set("client", "agencies")
    if any(part in heads or part in tails or part in agencies for part in parts) or parts[0] in word_set(
        "role", "heads"
    ):
        return True
    return parts[0] not in first_names() and parts[0].endswith(tuple(word_set("client", "endings")))


def _announced(words: Words, group: list[Piece], hits: list[Hit[str]]) -> Piece | None:
    """The last signature or "bel X" before the number, not too far away."""
    best: Piece | None = None
    for hit in hits:
        if hit.value in {"before", "sign_off"}:
            name = _cued_name(words, hit)
            if name is not None and group[0].start - name.end <= SIGNATURE:
                best = name
    return best


def _cued_name(words: Words, hit: Hit[str]) -> Piece | None:
    """The name right behind a cue; a signature may have it on the next line."""
    index = hit.last + 1
    if index >= len(words) or len(words.gap(index).strip(" ,:\n\r-!.")) > 0:
        return None
    last = name_end(words, index)
    if last is None or _is_organisation(words.folded[index : last + 1]):
        return None
    return _piece(words, index, last)


def _is_own(words: Words, group: list[Piece], hits: list[Hit[str]]) -> bool:
    """ "Mijn nummer is 06-...": the writer's own."""
    return any(hit.value == "own" and 0 <= group[0].start - words.ends[hit.last] <= TOGETHER for hit in hits)


def _is_forwarded(doc: Doc, words: Words, hits: list[Hit[str]]) -> bool:
    context = doc.user_data.get("context")
    told = isinstance(context, Context) and context.forwarded
    quoted = words.text.lstrip().startswith(">")
    return told or quoted or bool(found(doc, "sender")) or any(hit.value == "forwarded" for hit in hits)
