"""Finds the kinds of work that are asked for or offered: "projectleider", "ux designer", "manager inkoop".

Roles of people beside the work (the boss, the colleague, the sender) and roles that are ruled out are left alone.
"""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlu import taxonomy
from nlu.components.names import BESIDE_THE_WORK, Spans, first_names, spans_of, vocabulary_of, words_of
from nlu.everyday import everyday
from nlu.finds import Find, note
from nlu.lexicon import WORDS_KEPT, Hit, Phrases, Words, fold, key, lists, phrases_of, word_set
from nlu.taxonomy import Named, singulars

NEAR: Final = 8  # words between "gezocht" and a role it belongs to
BESIDE: Final = 3  # words between "rapporteert aan" and the role it belongs to
LONGEST_BULLET: Final = 12  # characters of "  12) "
COMPOUND: Final = 3  # letters before "dekker" that make it a kind of work
GUESSED_LETTERS: Final = 6  # a shorter word says too little by its ending
TOGETHER: Final = 6  # words: "een planner (55 per uur) en een chauffeur"
SHORT_TEXT: Final = 60  # words; in a longer text only the first roles without further proof count

MISSPELT_LETTERS: Final = 9  # a shorter word is one letter away from too many others
SLIP_LETTERS: Final = (
    7  # in a word this long a letter too few or too many, or two in the wrong order, is still a slip
)
LONGEST_MISSPELT: Final = (
    50  # trying each letter of a word that fills a page would take the square of its length
)
STRONG, MEDIUM, WEAK = 3, 2, 1

_ENDS: Final = frozenset(".!?;\n")
_JOINING: Final = frozenset(" -/'’\"“”*._\xa0(")  # marks between the words of one phrase
_BREAKS: Final = _ENDS | {","}

# Words that may stand between a cue and the role it speaks of.
_LIMITS: Final = {
    "asked_before": NEAR,
    "beside": BESIDE,
    "background": BESIDE,
    "own": BESIDE,
    "negated": 1,
    "at": 0,
}


_Named = tuple[int, int, str]  # the first and last word of a role, and its name


class Mention(NamedTuple):
    """A role named in the text, words `first` to `last`, and how much shows that it is asked for."""

    first: int
    last: int
    name: str
    proof: int


def make_role(nlp: Language, name: str) -> "RoleFinder":
    """Build the component. It reads better after the contact and client finders."""
    return RoleFinder()


@cache
def _one_letter_less() -> dict[str, set[str]]:
    """Every long word for a role, by itself with any one letter left out: two misspellings meet there."""
    found: dict[str, set[str]] = {}
    for word in taxonomy.last_words():
        if len(word) >= SLIP_LETTERS - 1:
            for shorter in _shorter(word):
                found.setdefault(shorter, set()).add(word)
    return found


def _shorter(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _misspelt(words: Words, *, english: bool) -> list[_Named]:
    """Where no role is named: what long words with one slip in them mean ("communicatieadvisuer", "data enginer")."""
    long = [i for i, word in enumerate(words.folded) if SLIP_LETTERS <= len(word) <= LONGEST_MISSPELT]
    slips = {index: meant for index in long if (meant := _meant(words.folded[index])) is not None}
    if not slips:
        return []
    lemmas = [slips.get(index) or _lemma(word) for index, word in enumerate(words.folded)]
    named = []
    for index, meant in slips.items():
        first, last = _widened(words, lemmas, (index, index), english=english, free=0)
        if _is_whole(words, lemmas, first, last):
            before = [_name(words, lemmas, first, index - 1)] if first < index else []
            behind = [_name(words, lemmas, index + 1, last)] if last > index else []
            named.append((first, last, " ".join([*before, meant, *behind])))
    return named


@lru_cache(maxsize=WORDS_KEPT)
def _meant(word: str) -> str | None:
    """The one role that this word is a single letter away from."""
    if not word.isalpha() or word in taxonomy.last_words() or taxonomy.kind_of(word) is not None:
        return None  # "fotografie" is no slip for "fotografe"
    met = set().union(*(_one_letter_less().get(each, set()) for each in _shorter(word)))
    # another ending is another form of the word, no slip: "schrijven" is no writer
    near = {each for each in met if each[0] == word[0] and each[-1] == word[-1]}
    if len(word) < MISSPELT_LETTERS:
        near = {each for each in near if _is_slip(word, each)} if word not in everyday() else set()
    return near.pop() if len(near) == 1 else None


def _is_slip(word: str, meant: str) -> bool:
    """A letter too few or too many, or two that changed places; another letter makes another word ("trailer")."""
    return len(word) != len(meant) or sorted(word) == sorted(meant)


class RoleFinder:
    """Finds "role" (texts, lower case, singular) and "own_role" (what somebody is or was: "ik ben tekstschrijver").

    Where a role that was found is named once more is a "role_again".
    """

    kinds = ("role", "own_role", "role_again")

    def __init__(self) -> None:
        self._cues: Phrases[str] = phrases_of("role", *_LIMITS)
        self._after: Phrases[str] = phrases_of("role", "asked_after", "missing", "spoke")
        self._verbs: Phrases[str] = phrases_of("role", "verb_cues")

    def __call__(self, doc: Doc) -> Doc:
        """Note what was found."""
        return note(doc, self.find(doc))

    def find(self, doc: Doc) -> list[Find]:
        """The roles with the most proof, each once."""
        words = words_of(doc)
        english = doc.user_data.get("language") == "en"
        own = [(hit.first, hit.last, hit.value) for hit in vocabulary_of(doc).roles.find(words)]
        named = _with_own(
            _named(words, english=english), [span for span in own if not _is_clock(words, span[0])]
        )
        named = named or _misspelt(words, english=english)
        if not named:
            return self._by_verb(words) or _guessed(words)
        names, client = spans_of(doc, "contact_name"), spans_of(doc, "client", "email", *BESIDE_THE_WORK)
        spans = [
            (first, last, name)
            for first, last, name in named
            if not client.touch(words.starts[first], words.ends[last])
            and not _is_title(words, first, last, names)
        ]
        if not spans:
            return self._by_verb(words) or _guessed(words)
        judge = _Judge(words, self._cues.find(words), self._after.find(words))
        finds = []
        mentions = []
        for first, last, name in spans:
            proof = judge.proof(first, last, name)
            if proof is None:
                finds.append(_find("own_role", words, Mention(first, last, name, 0)))
            elif proof > 0:
                mentions.append(Mention(first, last, name, proof))
        if all(mention.proof < STRONG for mention in mentions) and (guessed := _guessed(words)):
            return guessed  # "gezocht: contentcreator, ... de redacteur": what is asked for goes first
        chosen = _chosen(words, mentions)
        chosen += _added(words, chosen, mentions, spans)
        finds += [_find("role", words, mention) for mention in chosen]
        chosen_names = {mention.name for mention in chosen}
        finds += [
            _find("role_again", words, m) for m in mentions if m.name in chosen_names and m not in chosen
        ]
        return finds

    def _by_verb(self, words: Words) -> list[Find]:
        """ "Wie kan er fotograferen?", "opdracht: vertalen": a photographer, a translator."""
        verbs = _pairs("verbs")
        if verbs.keys().isdisjoint(words.folded):
            return []
        cues = self._verbs.find(words)
        near = {index for cue in cues for index in _reach(words, cue.last)}
        labels = word_set("role", "labels")
        near |= {i for i in range(1, len(words)) if ":" in words.gap(i) and words.folded[i - 1] in labels}
        for index, word in enumerate(words.folded):
            if word in verbs and index in near:
                return [Find("role", verbs[word], words.starts[index], words.ends[index])]
        return []


def _guessed(words: Words) -> list[Find]:
    """A word that no list holds, where a role must stand and with the ending of one: "zoek een dakdekker"."""
    for index, word in enumerate(words.folded):
        if not _may_be_role(word):
            continue
        if taxonomy.kind_of(word) is not None:
            continue
        if _is_sought(words, index):
            return [Find("role", _singular(word), words.starts[index], words.ends[index])]
        if _is_said_of_oneself(words, index):
            return [Find("own_role", word, words.starts[index], words.ends[index])]
    return []


@lru_cache(maxsize=WORDS_KEPT)
def _may_be_role(word: str) -> bool:
    """Whether a word ends as those for people do, and is no thing."""
    if len(word) < GUESSED_LETTERS or not word.endswith(tuple(word_set("role", "endings"))):
        return False
    return word not in everyday() and not word.endswith(tuple(word_set("role", "things")))


def _singular(word: str) -> str:
    """Of a plural in "-ers", "-isten" and the like the singular."""
    return next((one for one in singulars(word) if one.endswith(tuple(word_set("role", "one")))), word)


def _is_said_of_oneself(words: Words, index: int) -> bool:
    """ "I'm a farrier", "ik ben een frezer": with an article, or it may be how somebody feels."""
    if index < 2 or words.folded[index - 1] not in {"een", "a", "an"} or words.gap(index) != " ":
        return False
    said = phrases_of("role", "own")
    return any(
        (hit := said.match(words, first)) is not None and hit.last in {index - 1, index - 2}
        for first in range(max(0, index - 4), index - 1)
    )


def _is_sought(words: Words, index: int) -> bool:
    """Whether "zoek een" stands straight before a word, or "gezocht" straight behind it."""
    if _is_asked_behind(words, index + 1):
        return True
    plain = word_set("role", "grades", "still")
    before = index - 1
    counted = False
    while before >= 0 and words.gap(before + 1) == " ":
        word = words.folded[before]
        counts = word in word_set("role", "indefinite") or word.isdecimal()
        # one more adjective may stand behind the article: "een betrouwbare rietdekker"
        described = (
            before == index - 1 and word.endswith("e") and before > 0 and _is_article(words, before - 1)
        )
        if not (counts or described or word in plain):
            break
        counted = counted or counts
        before -= 1
    if before < 0 or words.gap(before + 1) not in {" ", ": "}:
        return False
    return words.folded[before] in word_set("role", "seek") or (counted and _ends_in_seeking(words, before))


def _is_article(words: Words, index: int) -> bool:
    """Whether "een", "twee" and the like stand at this word."""
    return words.folded[index] in word_set("role", "indefinite")


def _is_asked_behind(words: Words, index: int) -> bool:
    """Whether "gezocht" follows at this word, or behind "(2x)", "(s)" and "m/v"."""
    while index < len(words) and (
        words.folded[index] in word_set("role", "marks") or words.folded[index].isdecimal()
    ):
        index += 1
    return (
        index < len(words)
        and "\n" not in words.gap(index)
        and words.folded[index] in word_set("role", "sought")
    )


def _ends_in_seeking(words: Words, last: int) -> bool:
    """Whether one of the phrases that seek one person ends at this word: "klus als", "ken je", "weet iemand"."""
    seek = phrases_of("role", "seek_one")
    skipped = last - 1 if last and words.folded[last] in word_set("role", "whoever") else last
    return any(
        (hit := seek.match(words, first)) is not None and hit.last == end
        for end in {last, skipped}
        for first in range(max(0, end - 2), end + 1)
    )


def _reach(words: Words, last: int) -> Iterator[int]:
    """The words behind a cue, as far as no comma or full stop stands between."""
    for index in range(last + 1, min(last + 1 + NEAR, len(words))):
        if not _BREAKS.isdisjoint(words.gap(index)):
            return
        yield index


def _with_own(named: list[_Named], own: list[_Named]) -> list[_Named]:
    """The collective's own word outranks what it looks like: in a taught "adviseur pgo" no "adviseur" is read."""
    taken = {index for first, last, _ in own for index in range(first, last + 1)}
    others = [span for span in named if taken.isdisjoint(range(span[0], span[1] + 1))]
    return sorted([*others, *own])


class _Judge:
    """Weighs whether a role is asked for, by the words around it in its own sentence."""

    def __init__(self, words: Words, before: list[Hit[str]], after: list[Hit[str]]) -> None:
        self._words = words
        self._sentences = _sentences(words)
        self._before = {hit.last: hit.value for hit in before}
        self._after = {hit.first: hit.value for hit in after}

    def proof(self, first: int, last: int, name: str) -> int | None:
        """0 for a role that is not asked for, None for what the writer, or somebody, is or was."""
        cue = self._cue_before(first)
        if cue == "negated":
            return STRONG if self._follows(last, "missing", near=4) or self._is_lacking(first) else 0
        if cue == "asked_before" and self._is_own_as(first):
            return None
        if cue in {"beside", "at"} or self._follows(last, "spoke", near=4):
            return 0
        if cue in {"own", "background"}:
            return None
        asked = cue == "asked_before" or self._follows(last, "asked_after", near=NEAR)
        if self._words.folded[last] == "lead" and (not asked or self._opens(last, "lead_of")):
            return 0  # "a nice design lead for you" is work; "needs a design lead" is who does it
        determiner = self._determiner(first)
        if key(name) in word_set("role", "bosses") and (
            determiner == "definite" or (determiner and not asked)
        ):
            return 0
        return self._asked(first, last, asked=asked, definite=determiner == "definite")

    def _asked(self, first: int, last: int, *, asked: bool, definite: bool) -> int:
        """How much shows that a role is asked for that nothing rules out."""
        is_house = self._is_house(first, last)
        if (asked and not (is_house and self._words.gap(first) == ", ")) or self._is_item(first):
            return STRONG
        if self._is_named_so(first):
            return 0
        return WEAK if definite or is_house else MEDIUM

    def _is_named_so(self, first: int) -> bool:
        """ "Bram Oosting, operations director at ...": what somebody is who was named right before it."""
        words = self._words
        return (
            first > 1
            and words.gap(first) == ", "
            and words.gap(first - 1) == " "
            and words.capital(first - 1)
            and words.folded[first - 2] in first_names()
        )

    def _is_house(self, first: int, last: int) -> bool:
        """ "Een machinebouwer te Deurne", "webshop van een zadelmaker": whom the work is for, when another is named."""
        words = self._words
        if words.folded[last] in word_set("role", "houses"):
            index = last + 1
            behind = (
                not self._determiner(first)
                and index < len(words)
                and words.folded[index] in word_set("role", "house_at")
            )
            before = (
                first and words.gap(first) == " " and words.folded[first - 1] in word_set("role", "house_of")
            )
            placed = (
                first and words.gap(first) == " " and words.capital(first - 1) and not words.begins(first - 1)
            )
            if behind or before or placed:
                return True
        pair = words.folded[max(0, first - 2) : first]
        return len(pair) == 2 and pair[0] in {"van", "of"} and pair[1] in word_set("role", "indefinite")

    def _is_lacking(self, first: int) -> bool:
        """ "Zit al weken zonder planner", "have no tester": who is not there is asked for."""
        words = self._words
        near = range(max(0, first - 1 - NEAR), first)
        return any(
            words.folded[index] in word_set("role", "lacking")
            and self._sentences[index] == self._sentences[first]
            for index in near
        )

    def _cue_before(self, first: int) -> str:
        """The nearest cue in the same sentence that reaches this far, or ""."""
        for distance in range(min(NEAR + 1, first)):
            last = first - 1 - distance
            if self._sentences[last] != self._sentences[first]:
                break
            cue = self._before.get(last)
            if cue and distance <= _LIMITS[cue] and (cue == "asked_before" or self._unbroken(last, first)):
                return cue
        return ""

    def _is_own_as(self, first: int) -> bool:
        """ "Zit ik sinds maart als manager bij ...": what the writer is, with "zoek" nowhere in the sentence."""
        words = self._words
        behind = next(
            (i for i in range(first - 1, max(-1, first - 4), -1) if words.folded[i] in {"als", "as"}), None
        )
        if behind is None:
            return False
        said = [
            i for i in range(max(0, behind - NEAR), behind) if self._sentences[i] == self._sentences[first]
        ]
        mine = any(words.folded[i] in word_set("role", "myself") for i in said)
        return mine and all(self._before.get(i) != "asked_before" for i in said)

    def _unbroken(self, last: int, first: int) -> bool:
        """Nothing but words between a cue and a role: "niet: een engineer" rules nothing out."""
        between = self._words.folded[last + 1 : first]
        if not word_set("role", "clause").isdisjoint(between):
            return False  # "een collega hoorde dat X een projectleider zoekt"
        return all(_JOINING.issuperset(gap) for gap in self._words.gaps[last + 1 : first + 1])

    def _follows(self, last: int, name: str, *, near: int) -> bool:
        """Whether a cue of this name stands behind the role in the same sentence."""
        nearby = range(last + 1, min(last + near + 1, len(self._words)))
        return any(
            self._after.get(index) == name and self._sentences[index] == self._sentences[last]
            for index in nearby
        )

    def _opens(self, last: int, name: str) -> bool:
        """Whether one of these words stands straight behind the role."""
        return not word_set("role", name).isdisjoint(self._words.folded[last + 1 : last + 2])

    def _determiner(self, first: int) -> str:
        """ "definite" ("de"), "indefinite" ("een") or "" before a role, adjectives in between."""
        for index in range(first - 1, max(-1, first - 4), -1):
            word = self._words.folded[index]
            if word in word_set("role", "definite"):
                return "definite"
            if word in word_set("role", "indefinite"):
                return "indefinite"
            if word not in word_set("role", "grades"):
                return ""
        return ""

    def _is_item(self, first: int) -> bool:
        """Whether the role opens an item of a list: "1) een adviseur", "- ontwerper"."""
        words = self._words
        index = first
        plain = word_set("role", "indefinite", "grades")
        while index and words.gap(index) == " " and words.folded[index - 1] in plain:
            index -= 1
        line = words.text.rfind("\n", max(0, words.starts[index] - LONGEST_BULLET), words.starts[index]) + 1
        opening = words.text[line : words.starts[index]].strip()
        return line > 0 and opening.strip("1234567890)-*•.> x×") == "" and opening not in {"", ">"}


def _named(words: Words, *, english: bool) -> list[tuple[int, int, str]]:
    """Every role named in the text: its first and last word, and its name."""
    named: list[tuple[int, int, str]] = []
    may_name = _opening(taxonomy.phrases())
    likely = [index for index, word in enumerate(words.folded) if may_name(word)]
    if not likely:
        return named
    lemmas = [_lemma(word) for word in words.folded]
    free = 0
    for index in likely:
        span = _role_at(words, lemmas, index) if index >= free else None
        if span is not None:
            first, last = _widened(words, lemmas, span, english=english, free=free)
            if _is_whole(words, lemmas, first, last):
                named.append((first, last, _name(words, lemmas, first, last)))
            free = last + 1
    return named


@cache
def _opening(terms: Phrases[Named]) -> Callable[[str], bool]:
    """What tells whether a role may begin with a word; `terms` may grow at a start, see `taxonomy.extend`."""

    def may_name(word: str) -> bool:
        lemma = _lemma(word)
        return is_role_word(lemma) or lemma in word_set("role", "topical") or terms.may_begin(lemma)

    return lru_cache(maxsize=WORDS_KEPT)(may_name)


def _role_at(words: Words, lemmas: list[str], index: int) -> tuple[int, int] | None:
    """The role that begins at this word: one of the taxonomy, or a word with a role's ending."""
    if _is_clock(words, index):
        return None
    hit = taxonomy.phrases().match(words, index, lemmas)
    if hit is not None and hit.value.term.kind == "role":
        exact = hit.value.exact
        if exact is None or words.said(hit.first, hit.last) == exact:
            return hit.first, hit.last
    word = lemmas[index]
    if is_role_word(word) or word in word_set("role", "topical"):
        return index, index
    return None


def _is_clock(words: Words, index: int) -> bool:
    """ "at 3 PM", "10:30 PM": an hour of the day; "2 PM's" are two project managers."""
    if words.folded[index] != "pm" or index == 0 or not words.folded[index - 1].isdecimal():
        return False
    before = words.folded[index - 2] if index > 1 else ""
    return words.gap(index - 1) in {":", "."} or before in word_set("role", "clock")


def _widened(
    words: Words, lemmas: list[str], span: tuple[int, int], *, english: bool, free: int
) -> tuple[int, int]:
    """Take in what belongs to the name: "HR-" and "bouwkundig" before it, "inkoop" behind it."""
    first, last = span
    while first > free and _belongs_before(words, lemmas, first, english=english):
        first -= 1
    if english and lemmas[first] in word_set("role", "heads"):
        first = max(free, _behind_article(words, first))
    if _takes_subject(lemmas[last]) and last + 1 < len(words) and words.gap(last + 1) == " ":
        topic = taxonomy.phrases().match(words, last + 1)
        if topic is not None and topic.value.term.kind == "skill" and topic.value.exact is None:
            last = topic.last
        elif words.folded[last + 1] in word_set("role", "topics") or words.folded[last + 1] in _pairs(
            "verbs"
        ):
            last += 1
    return first, last


@lru_cache(maxsize=WORDS_KEPT)
def _takes_subject(word: str) -> bool:
    """Whether what somebody does it in may stand behind: "manager inkoop", "praktijkdocent koken"."""
    return word in word_set("role", "topical") or word.endswith(tuple(word_set("role", "teaching")))


def _belongs_before(words: Words, lemmas: list[str], first: int, *, english: bool) -> bool:
    before = words.folded[first - 1]
    gap = words.gap(first)
    if gap == "-":
        return before not in word_set("role", "grades") and taxonomy.field_of(before) != "translation"
    if gap != " ":
        return False
    if before in word_set("role", "qualifiers") or taxonomy.kind_of(before + lemmas[first]) == "role":
        return True
    if lemmas[first] in word_set("role", "weak") and _is_qualifying(before):
        return True
    if before in word_set("role", "grades") or lemmas[first] not in word_set("role", "heads"):
        return False
    said = words.word(first - 1)
    if "/" in words.gap(first - 1) and first > 1 and words.folded[first - 2].isdecimal():
        return False  # "95/HR tester"
    if 2 <= len(said) <= 5 and said.isupper() and said.isalpha() and not words.word(first).isupper():
        return True
    return english and taxonomy.kind_of(before) == "skill"


@lru_cache(maxsize=WORDS_KEPT)
def _is_qualifying(word: str) -> bool:
    """Whether a word has the form of an adjective that names a field: "nautisch", "verkeerskundig"."""
    return word.endswith(tuple(word_set("role", "qualifying"))) and word not in everyday()


def _behind_article(words: Words, first: int) -> int:
    """English puts the subject first: "an interim regulatory affairs manager". Two words at most behind an article."""
    plain = word_set("role", "indefinite", "definite", "grades")
    weak = words.folded[first] in word_set("role", "weak")
    for index in range(first, max(-1, first - 3), -1):
        if index == 0 or words.gap(index) != " ":
            return index if weak and _opens(words, index, first) else first
        if words.folded[index - 1] in plain:
            return index
    return first


def _opens(words: Words, index: int, first: int) -> bool:
    """Whether a title begins here, at the beginning or behind a colon: "HR analytics specialist, Utrecht"."""
    said = [words.folded[i] for i in range(index, first) if not words.word(i).isupper()]  # "HR" is no hour
    begins = index == 0 or words.gap(index).strip(" \n\"'“‘*-") in {":", ""}
    return begins and everyday().isdisjoint(said) and word_set("role", "seek").isdisjoint(said)


def _is_whole(words: Words, lemmas: list[str], first: int, last: int) -> bool:
    """A weak word ("medewerker") is a role only with something to it; a "native English speaker" is none."""
    if lemmas[last] in word_set("role", "of_language") and last and _is_language(words.folded[last - 1]):
        return False
    if first and words.gap(first) in {" ", "-"} and words.folded[first - 1] in word_set("role", "acting"):
        return True
    if first == last and lemmas[first] in word_set("role", "alone") and _is_sought(words, first):
        return True
    return first != last or not (lemmas[first] in word_set("role", "weak") or lemmas[first] == "hoofd")


def _is_language(word: str) -> bool:
    return taxonomy.field_of(word) == "translation" and taxonomy.kind_of(word) == "skill"


def _name(words: Words, lemmas: list[str], first: int, last: int) -> str:
    """As a colleague would say it: lower case, singular, without "senior"."""
    if first == last and words.folded[first] in _pairs("acronyms") and words.word(first).isupper():
        return _pairs("acronyms")[words.folded[first]]
    short = _pairs("short")
    parts: list[str] = []
    for index in range(first, last + 1):
        said = words.word(index).lower()
        folded = words.folded[index]
        if folded in word_set("role", "grades") and index < last:
            continue
        subject = index > first and folded in _pairs("verbs")  # "docent koken" teaches it, and is no "kok"
        as_said = subject or lemmas[index] == folded
        word = short.get(folded) or (said if as_said else _accented(lemmas[index]))
        parts.append((words.gap(index) if parts else "") + word)
    return " ".join("".join(parts).split())


@cache
def _accents() -> dict[str, str]:
    return {fold(head): head for head in lists("role")["heads"]}


def _accented(lemma: str) -> str:
    """ "coordinator" as we write it: "coördinator"."""
    for plain, head in _accents().items():
        if plain != head and lemma.endswith(plain):
            return lemma[: -len(plain)] + head
    return lemma


@cache
def _pairs(name: str) -> dict[str, str]:
    pairs = (text.split("=") for text in lists("role")[name])
    return {fold(short.strip()): full.strip() for short, full in pairs}


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    """The heads, and the words that are one behind another word, by their last three letters."""
    table: dict[str, tuple[str, ...]] = {}
    for head in word_set("role", "heads", "suffixes"):
        if len(head) > 4 or head in word_set("role", "suffixes"):
            table[head[-3:]] = (*table.get(head[-3:], ()), head)
    return table


@lru_cache(maxsize=WORDS_KEPT)
def is_role_word(word: str) -> bool:
    """Whether a word is a role by itself or by its ending."""
    if word in word_set("role", "not_roles") or word in word_set("client", "heads"):
        return False  # a "pensioenuitvoerder" is an organisation
    return word in word_set("role", "heads") or any(
        word.endswith(head) and (len(word) >= len(head) + COMPOUND or head in word_set("role", "heads"))
        for head in _endings().get(word[-3:], ())
    )


@lru_cache(maxsize=WORDS_KEPT)
def _lemma(word: str) -> str:
    """The singular of a role's plural and the long form of a short one; other words stay."""
    short = _pairs("short").get(word)
    if short is not None:
        return fold(short)
    if len(word) < 5 or word[-1] not in "sni" or is_role_word(word):
        return word
    for one in singulars(word):
        if is_role_word(one) or one in taxonomy.last_words():
            return one
    return word


def _sentences(words: Words) -> list[int]:
    """The number of the sentence or line each word is in; a comma or a colon does not end one."""
    numbers: list[int] = []
    number = 0
    for index, gap in enumerate(words.gaps):
        if gap != " " and index and not _ENDS.isdisjoint(gap) and not _abbreviated(words, index):
            number += 1
        numbers.append(number)
    return numbers


def _abbreviated(words: Words, index: int) -> bool:
    """A dot behind a short word in the middle of a line ("a.s. donderdag", "i.p.v. 5")."""
    return "." in words.gap(index) and "\n" not in words.gap(index) and not words.capital(index)


def _chosen(words: Words, mentions: list[Mention]) -> list[Mention]:
    """The mentions with the most proof, with those that stand beside them: "een X en een Y"."""
    if not mentions:
        return []
    best = max(mention.proof for mention in mentions)
    kept: list[Mention] = []
    for mention in mentions:
        if mention.proof == best or (kept and _stands_with(words, kept[-1], mention)):
            kept.append(mention)
    if best == WEAK:
        kept = kept[:1]
    elif best == MEDIUM and len(words) > SHORT_TEXT:
        sentences = _sentences(words)
        kept = [mention for mention in kept if sentences[mention.first] == sentences[kept[0].first]]
    return _once(words, kept)


def _added(
    words: Words, chosen: list[Mention], mentions: list[Mention], spans: list[_Named]
) -> list[Mention]:
    """ "Hire two camera operators (550 a day) and one video editor": what is counted with "and" in the same sentence.

    Only straight behind one that is asked for, of all that are named.
    """
    if not chosen or len(spans) == len(chosen):
        return []
    before = {here[0]: there[0] for there, here in pairwise(spans)}
    sentences = _sentences(words)
    kept = {mention.first for mention in chosen}
    names = {mention.name for mention in chosen}
    added = []
    for mention in mentions:
        other = before.get(mention.first)
        if other is None or other not in kept or mention.first in kept or mention.name in names:
            continue
        if sentences[mention.first] == sentences[other] and _is_counted_along(words, mention.first):
            added.append(mention)
            kept.add(mention.first)
    return added


def _is_counted_along(words: Words, first: int) -> bool:
    """Whether "and one", "en een" or "plus twee" stands straight before a role, adjectives in between."""
    index = first - 1
    while index > 0 and words.folded[index] in word_set("role", "grades"):
        index -= 1
    counted = index > 0 and (_is_article(words, index) or words.folded[index].isdecimal())
    return counted and words.folded[index - 1] in word_set("role", "along")


def _stands_with(words: Words, one: Mention, other: Mention) -> bool:
    between = words.folded[one.last + 1 : other.first]
    joining = word_set("role", "together", "terms")
    return len(between) <= TOGETHER and all(word in joining or word.isdecimal() for word in between)


def _once(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Each role once, under its longest name."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=_length):
        if not any(_is_same(words, mention, other) for other in kept):
            kept.append(mention)
    return sorted(kept, key=_place)


def _is_same(words: Words, mention: Mention, longer: Mention) -> bool:
    """The same role again, or a short name for it; "controller of business controller" are two."""
    if mention.name == longer.name:
        return True
    first, second = sorted((mention, longer), key=_place)
    return key(mention.name) in key(longer.name) and not _stands_with(words, first, second)


def _length(mention: Mention) -> int:
    return -len(mention.name)


def _place(mention: Mention) -> int:
    return mention.first


def _is_title(words: Words, first: int, last: int, names: Spans) -> bool:
    """Part of a contact's name, or what the contact is: "practice manager Anne Bell", "Hans Vermeulen, directeur"."""
    start, end = words.starts[first], words.ends[last]
    if names.touch(start, end):
        return True
    if last + 1 < len(words) and words.gap(last + 1) in {" ", ", "}:
        end = words.starts[last + 1] + 1
    if first and words.gap(first).strip(" \r,|-") in {"", "\n"} and words.gap(first) != " ":
        start = words.ends[first - 1] - 1
    return names.touch(start, end)


def _find(kind: str, words: Words, mention: Mention) -> Find:
    return Find(kind, mention.name, words.starts[mention.first], words.ends[mention.last])
