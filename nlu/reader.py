"""The pipeline, built once and read from many times: a text goes in, its meaning comes out."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlu import parts
from nlu.components import FACTORIES
from nlu.components.dates import CONTEXT
from nlu.components.intent import NOTED, READINGS, IntentFinder, IntentModel
from nlu.components.language import detect
from nlu.components.words import LANGUAGE
from nlu.finds import WAITING, Finder
from nlu.meaning import Availability, Context, Form, LanguageCode, Lead, Meaning, Profile, Reading, Span
from nlu.parts import Part
from nlu.shaping import shape
from nlu.shaping.findings import Findings
from nlu.tidy import Tidy, tidy
from nlu.tokenizer import Tokenizer

# What may stand beside a statement about the writer's own time, when it is as sure as this by itself.
BESIDE_OWN_TIME: Final = frozenset(
    {
        "show_interest",
        "decline",
        "update_profile",
        "ask_leads",
        "tip_member",
        "vouch",
        "follow",
        "lead_status",
    }
    | {"report_win", "report_no_deal", "report_talk", "ask_statement", "ask_why", "how_it_works", "my_data"}
)
SURE: Final = 0.8
# Questions about one lead that are asked in one breath: "what is the client? and why me".
QUESTIONS: Final = frozenset({"ask_terms", "ask_why"})
LONGEST_QUESTIONS: Final = 160  # characters
_NEXT_QUESTION: Final = re.compile(r"\?+\s*(?:(?:en|and|also|ook)\b\s*)?", re.IGNORECASE)


def build_pipeline() -> Language:
    """Assemble a spaCy pipeline from our own components, in reading order; one for all languages."""
    vocab = Vocab(lex_attr_getters={})  # nothing here asks for the shape or prefix of a word
    nlp = Language(vocab, create_tokenizer=lambda _: Tokenizer())
    for name, factory in FACTORIES.items():
        if not Language.has_factory(name):  # spaCy cannot tell that a compiled one is the same
            Language.factory(name, func=factory)
        nlp.add_pipe(name)
    return nlp


class Reader:
    """Reads Dutch and English. To be used from one thread at a time."""

    def __init__(self, model: Path | None = None) -> None:
        """`model` is what this installation learned itself, see `seintje nlu train`; one that does not fit is left."""
        self._nlp = build_pipeline()
        self._first: list[Callable[[Doc], Doc]] = []
        self._finders: dict[str, Finder] = {}  # by the kinds they find
        for _name, component in self._nlp.pipeline:
            finder: Any = component
            if hasattr(finder, "kinds"):  # compiled, a protocol cannot be asked for at run time
                self._finders |= dict.fromkeys(finder.kinds, finder)
            else:
                self._first.append(component)
        self._intents = IntentFinder(IntentModel.of_installation(model))

    def read(self, text: str, context: Context) -> Meaning:
        """Say what a text means to someone who reads it in this context; any text at all has a meaning."""
        if not text.isascii():
            # JSON can bring half a surrogate pair, which nothing can store or hash; a "?" keeps every place.
            text = text.encode("utf-8", "replace").decode()
        language: LanguageCode = detect(text, context.language)
        wrapped = tidy(text)
        findings = self._find(wrapped.text, context, language)
        meaning = shape(findings)
        said = self._parts(findings, meaning)
        if wrapped.here:
            meaning = _placed(meaning, wrapped, text)
            said = tuple(_placed(part, wrapped, text) for part in said)
        return _with_parts(meaning, said) if said else meaning

    def _find(
        self,
        text: str,
        context: Context,
        language: LanguageCode,
        readings: tuple[Reading, ...] | None = None,
    ) -> Findings:
        """What a text holds, before it is decided what it is for; `readings` when these are known."""
        doc = self._nlp.tokenizer(text)
        known = doc.user_data
        known[CONTEXT] = context
        known[LANGUAGE] = language
        known[WAITING] = self._finders.copy()
        known[READINGS] = readings or self._intents.readings(text, context, NOTED)
        for component in self._first:  # what calling the pipeline does, less its checks for each part
            doc = component(doc)
        return Findings(doc)

    # --- a message that says several things: it is cut (nlu.parts), and each part is read by itself ----------------

    def _parts(self, findings: Findings, meaning: Meaning) -> tuple[Meaning, ...]:
        """The parts of a message in the order in which to act on them; empty when it says one thing."""
        if meaning.correction or meaning.lesson or meaning.forgotten:
            return ()
        if questions := self._questions(findings):
            return questions
        whole = ((0, len(findings.text)),)
        if findings.context.form in ("availability", "profile"):
            return self._periods(findings, parts.periods(findings, whole))
        is_lead = "share_lead" in findings.intents
        sure_lead = (
            is_lead
            and findings.readings[0].intent == "share_lead"
            and findings.readings[0].confidence >= SURE
        )
        clauses = parts.clauses_of(findings) if parts.speaks_of_own_time(findings) else []
        for of_lead in (True,) if sure_lead else (True, False):
            own = parts.own_agenda(findings, clauses, of_lead=of_lead) if clauses else []
            if own and (said := self._beside_own_time(findings, own)):
                return said
        if is_lead:
            return self._leads(findings, parts.leads(findings))
        if "set_availability" in findings.intents:
            return self._periods(findings, parts.periods(findings, whole))
        return ()

    def _questions(self, findings: Findings) -> tuple[Meaning, ...]:
        """Two different questions about a lead, each to be answered; empty when it is one, or something else."""
        text = findings.text
        if len(text) > LONGEST_QUESTIONS or "?" not in text.rstrip(" ?"):
            return ()
        cut = _NEXT_QUESTION.search(text)
        read: list[tuple[Reading, ...]] = []
        places = ((0, cut.start()), (cut.end(), len(text))) if cut else ()
        for start, end in places:
            readings = self._intents.readings(text[start:end], findings.context, NOTED)
            if readings[0].intent not in QUESTIONS or readings[0].confidence < SURE:
                return ()
            read.append(readings)
        if {readings[0].intent for readings in read} != QUESTIONS:
            return ()
        return tuple(
            _as(self._part(findings, (place,), findings.context.form, readings), readings[0].intent)
            for place, readings in zip(places, read, strict=True)
        )

    def _beside_own_time(self, findings: Findings, cut: list[Part]) -> tuple[Meaning, ...]:
        """The writer's own agenda first: what follows (a list of work, say) may depend on it."""
        rest, own = cut
        said = self._rest(findings, rest)
        if said is None:
            return ()
        agenda = self._part(findings, own.at, None)
        if not _is_agenda(agenda.availability):
            return ()
        several = self._periods(findings, parts.periods(findings, own.at))
        return (*(several or (_as(agenda, "set_availability"),)), said)

    def _rest(self, findings: Findings, rest: Part) -> Meaning | None:
        readings = self._intents.readings(parts.cut(findings.text, rest.at), findings.context, NOTED)
        best = readings[0]
        is_sure = best.confidence >= SURE
        if rest.about:
            if not (is_sure and best.intent == rest.about) and findings.intents != {rest.about}:
                return None
            said = self._part(findings, rest.at, findings.context.form, readings)
            return _as(said, rest.about) if said.lead and said.lead.roles else None
        if best.intent not in BESIDE_OWN_TIME or not is_sure or findings.has("low_work"):
            return None
        said = self._part(findings, rest.at, findings.context.form, readings)
        is_empty = said.profile == Profile() if best.intent == "update_profile" else False
        return None if is_empty or (best.intent == "tip_member" and not said.people) else said

    def _periods(self, findings: Findings, cut: list[Part]) -> tuple[Meaning, ...]:
        """Periods that each say something; in one that says nothing they are left as one statement."""
        said = []
        for part in cut:
            meaning = self._part(findings, part.at, None)
            known = parts.period_of(meaning.availability or Availability(), part, findings.text)
            if meaning.problems or not (known.start or known.now or known.end):
                return ()
            said.append(replace(_as(meaning, "set_availability"), availability=known))
        return tuple(said)

    def _leads(self, findings: Findings, cut: list[Part]) -> tuple[Meaning, ...]:
        read = [self._part(findings, part.at, "lead") for part in cut]
        leads = [meaning.lead or Lead() for meaning in read]
        if len(leads) < 2 or not parts.are_leads(leads):
            return ()
        shared = cut[0].shared
        of_all = self._part(findings, shared, "lead") if shared else None
        if of_all and of_all.lead:
            read = [replace(m, lead=parts.share(of_all.lead, m.lead or Lead())) for m in read]
        return tuple(_as(meaning, "share_lead") for meaning in read)

    def _part(
        self,
        findings: Findings,
        at: tuple[parts.Range, ...],
        form: Form | None,
        readings: tuple[Reading, ...] | None = None,
    ) -> Meaning:
        """Read a part by itself; its spans say where it stands in the whole text.

        `readings` are those of this part in the context of the whole.
        """
        context = findings.context
        if context.form != form or context.asked:
            context, readings = replace(context, form=form, asked=None), None
        words = parts.cut(findings.text, at)
        said = shape(self._find(words, context, findings.language, readings))
        first = at[0][0]
        spans = (replace(span, start=span.start + first, end=span.end + first) for span in said.spans)
        return replace(said, spans=tuple(spans), words=words.strip(" ,;:\n-"))


def _placed(meaning: Meaning, tidied: Tidy, text: str) -> Meaning:
    """The same with the spans of the text as it was sent."""
    spans = []
    for span in meaning.spans:
        start = tidied.place(span.start)
        end = max(start, tidied.place(span.end - 1) + 1)
        spans.append(Span(span.field, start, end, text[start:end]))
    return replace(meaning, spans=tuple(spans))


def _with_parts(meaning: Meaning, said: tuple[Meaning, ...]) -> Meaning:
    """What is said of the writer's own time beside a question is said by the message as a whole too."""
    own = next((part.availability for part in said if part.intent == "set_availability"), None)
    return replace(meaning, parts=said, availability=meaning.availability or own)


def _as(meaning: Meaning, intent: str) -> Meaning:
    """What a part is about is known from how it was cut."""
    return replace(meaning, intent=intent, confident=True)


def _is_agenda(said: Availability | None) -> bool:
    """ "Ik heb zelf geen tijd" is a reason to pass work on, and no statement of days that we could keep."""
    if said is None or said.status is None:
        return False
    return bool(
        said.start or said.end or said.now or said.hours_per_week or said.days_per_week or said.weekdays
    )
