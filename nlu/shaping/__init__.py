"""Turns what was found in a message into a Meaning: each find gets its field, and what cannot be is reported."""

import re
from typing import Final

from nlu import replies
from nlu.components.intent import CONFIDENT
from nlu.components.vocabulary import FORGOTTEN, TAUGHT
from nlu.meaning import Contact, Context, Form, Meaning, Problem, Reading
from nlu.settings import setting_of
from nlu.shaping.answers import Shaped, is_lone_correction, with_answer
from nlu.shaping.availability import shape_availability
from nlu.shaping.conditions import ruled_out
from nlu.shaping.deals import deal_of
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.lead import shape_lead
from nlu.shaping.privacy import without_people
from nlu.shaping.profile import shape_profile
from nlu.shaping.remarks import reason, topic
from nlu.shaping.rhythm import asks_for_rest, moment
from nlu.shaping.when import about_another, last_day_of_pause
from nlu.tape import compiled
from nlu.teachable import kind_of
from nlu.vocabulary import Lesson

LETTER: Final = 300  # characters; in so long a text an odd amount is part of the story
# After a yes others hear of it, which nothing takes back: "mwah" is none.
SHARES, SHARING = frozenset({"show_interest", "confirm"}), 0.75
OFFERED: Final = 3  # this many readings are kept as alternatives

FORM_OF_INTENT: Final[dict[str, Form]] = {
    "share_lead": "lead",
    "set_availability": "availability",
    "update_profile": "profile",
}
_CORRECTION: Final = compiled(
    r"CORRECTION|INSTEADOF|CHANGED|MAKE_IT|MENDED"
    r"|(?:BACKTO|MAKEIT)(?= (?:THE |MAX |ABOUT |STILL |_ )?(?:\d|DATE|HOURS|DAYS|HALF_DAYS|TOTAL|EUR|LENGTH))"
    r"|NOT (?:\S+ )?(?:TOTAL|DATE|\d\S*)(?: \S+){0,2} BUT"
    r"|\d\S* ,? ?NOT \d\S*|DATE , NOT DATE"
)
# Of these the pattern needs one.
_CORRECTING: Final = frozenset(
    {"CORRECTION", "MENDED", "INSTEADOF", "CHANGED", "MAKE_IT", "MAKEIT", "BACKTO", "NOT"}
)
# "Nee 3 dagen" takes back what was said; "nee, ik zoek niks" takes back nothing.
_NO_BUT: Final = re.compile(
    r"\W*(?:nee|neen|nope|no|nah|nee hoor)\b[\s,.:;!-]*"
    r"(?:(?:toch|wacht|sorry|het|is|zijn|wordt|it's|make|it|maar|doe)\s+){0,3}[€\d]",
    re.IGNORECASE,
)
SKIPPABLE_WORDS: Final = 6  # a longer text that holds "later" answers something


def shape(findings: Findings) -> Meaning:
    """Fill the forms that belong to the intent and to what is being asked, and say what could not be."""
    slots = Slots(findings.text)
    problems = [find.value for find in findings.all("problem")]
    problems += _unknown_places(findings)
    shaped = with_answer(_forms(findings, slots, problems), findings, slots, problems)
    problems = [problem for problem in problems if _matters(problem, shaped)]
    lead = without_people(shaped.lead, findings, slots) if shaped.lead else None
    if len(findings.text) > LETTER or (lead and lead.rate):
        problems = [each for each in problems if each.kind != "absurd_rate"]  # "het bier kostte 2 euro"
    people = _people(findings, lead.contact if lead else None, not_these := ruled_out(findings))
    best = _not_a_cancel(findings) if people or not_these else findings.readings[0]
    return Meaning(
        language=findings.language,
        intent=best.intent,
        confidence=best.confidence,
        confident=best.confidence > (SHARING if best.intent in SHARES else CONFIDENT)
        and not (best.intent == "set_availability" and about_another(findings)),
        alternatives=tuple(findings.readings[:OFFERED]),
        lead=lead,
        availability=shaped.availability,
        profile=shaped.profile,
        people=people,
        ruled_out=not_these,
        until=last_day_of_pause(findings) if best.intent == "pause" else None,
        fewer=best.intent == "pause" and not asks_for_rest(findings),
        skipped=_skipped(findings),
        correction=_corrects(findings),
        reason=reason(findings),
        topic=topic(findings),
        moment=moment(findings) if best.intent == "ask_rhythm" else None,
        lesson=_lesson(findings),
        forgotten=forgotten.value if (forgotten := findings.first(FORGOTTEN)) else None,
        setting=None if findings.context.forwarded else setting_of(findings.text),
        deal=deal_of(findings),
        problems=tuple(dict.fromkeys(problems)),
        spans=tuple(sorted(slots.spans, key=lambda span: (span.start, span.field))),
    )


def _not_a_cancel(findings: Findings) -> Reading:
    """ "Toch niet Bram" takes back a name, and not all that was said."""
    best = findings.readings[0]
    if best.intent == "cancel" and len(findings.text.split()) <= SKIPPABLE_WORDS:
        return Reading("tip_member", best.confidence)
    return best


def _matters(problem: Problem, shaped: Shaped) -> bool:
    """Whether a holiday must be asked about: not in "start 1 maart, niet in de meivakantie"."""
    if problem.kind != "regional_date":
        return True
    when = shaped.lead or shaped.availability
    return when is not None and not (when.start or when.end)


def _forms(findings: Findings, slots: Slots, problems: list[Problem]) -> Shaped:
    """The forms of what the message may be for, and the one being filled in."""
    wanted = {findings.context.form, *(FORM_OF_INTENT.get(intent) for intent in findings.intents)}
    if findings.context.form == "profile" and findings.has("status"):
        wanted.add("availability")  # who introduces themself often says when they are free
    return Shaped(
        lead=shape_lead(findings, slots, problems) if "lead" in wanted else None,
        availability=shape_availability(findings, slots, problems) if "availability" in wanted else None,
        profile=shape_profile(findings, slots) if "profile" in wanted else None,
    )


def _unknown_places(findings: Findings) -> list[Problem]:
    """What looks like a place but is in no list, when no other place was found."""
    if findings.has("place"):
        return []
    return [Problem("unknown_place", find.value) for find in findings.all("unknown_place")]


def _corrects(findings: Findings) -> bool:
    if is_lone_correction(findings.text) or _NO_BUT.match(findings.text):
        return True
    if replies.not_before(findings.text):
        return True
    if _CORRECTING.isdisjoint(findings.tape.kinds):
        return False
    return findings.tape.first(_CORRECTION) is not None


def _lesson(findings: Findings) -> Lesson | None:
    taught = findings.first(TAUGHT)
    if taught is None:
        return None
    word, meaning = taught.value
    return Lesson(word, meaning, kind_of(meaning))


def _people(findings: Findings, contact: Contact | None, but: tuple[str, ...]) -> tuple[str, ...]:
    """Who was named, but for those who are not to be asked and whom the client has us call."""
    people = findings.all("person")
    if not people:
        return ()
    called = contact.name.split() if contact and contact.name else []
    named = [find.value for find in people if find.value not in but and find.value not in called]
    return tuple(dict.fromkeys(named))


def _skipped(findings: Findings) -> bool:
    context: Context = findings.context
    return (
        context.asked is not None and findings.has("skip") and len(findings.text.split()) <= SKIPPABLE_WORDS
    )
