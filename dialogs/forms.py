"""Forms: what a lead or a profile still lacks, what to ask next, and how a new statement changes it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TypeVar

from msgspec import structs

from dialogs.commands import Ask, Command, SaveProfile, ShareLead, ShowLead, ShowProfile
from dialogs.conversation import Draft
from nlu import replies
from nlu.meaning import Availability, Lead, Meaning, Problem, ProblemKind, Profile, Rate

Filled = TypeVar("Filled", Lead, Profile, Availability)

NO_START: Mapping[str, object] = {"start": None, "asap": False}
NO_LOAD: Mapping[str, object] = {"hours_per_week": None, "days_per_week": None, "half_days_per_week": None}
MUNICIPALITY = re.compile(r"(?:gemeente|municipality of) (\S.*)", re.IGNORECASE)
DATES = frozenset({"start", "end", "deadline"})
# Which fields a problem is about: the question for one of them says what was wrong.
ABOUT_FIELDS: Mapping[ProblemKind, frozenset[str]] = {
    "impossible_date": DATES,
    "past_date": DATES,
    "regional_date": DATES,
    "weekday_mismatch": DATES,
    "absurd_hours": frozenset({"hours_per_week", "days_per_week"}),
    "absurd_rate": frozenset({"rate"}),
    "unknown_place": frozenset({"place"}),
}
OWN_WORDS = 60  # characters: a short answer to "what are you looking for?" is taken as the role itself


def is_empty(form: Lead | Profile | Availability | None) -> bool:
    """Whether nothing at all was stated."""
    return form is None or not count(form)


def count(form: Lead | Profile | Availability) -> int:
    """How many fields were stated."""
    return sum(bool(getattr(form, field.name)) for field in fields(form))


def merge(old: Filled, new: Filled) -> Filled:
    """What was newly stated replaces what stood there; the rest stays."""
    stated = {field.name: value for field in fields(new) if (value := getattr(new, field.name))}
    if "start" in stated or "asap" in stated:  # a day instead of "at once", or the other way round
        stated = _emptied(NO_START, old) | stated
    if isinstance(new, Profile):  # "haal mijn tarief weg"
        stated |= dict.fromkeys(new.cleared)
    if NO_LOAD.keys() & stated.keys():  # "make it 3 days" where 32 hours stood: not both
        stated = _emptied(NO_LOAD, old) | stated
    return replace(old, **stated)


def corrected(old: Lead, new: Lead) -> Lead:
    """A lead with what corrects it: "110, not 105" said of "max 105 ex VAT" is still a maximum, without VAT."""
    rate = _same_terms(old.rate, new.rate) if old.rate and new.rate else new.rate
    return merge(old, replace(new, rate=rate))


def _same_terms(old: Rate, new: Rate) -> Rate:
    """The new amount on the terms of the old one, as far as it names none itself."""
    if old.currency != new.currency or old.unit != new.unit:
        return new
    capped = old.low_cents is None and new.low_cents == new.high_cents
    return replace(new, low_cents=None if capped else new.low_cents, vat=new.vat or old.vat)


def _emptied(nothing: Mapping[str, object], form: Filled) -> dict[str, object]:
    return {name: empty for name, empty in nothing.items() if hasattr(form, name)}


def missing(draft: Draft) -> str | None:
    """The first field that matching needs, is not known, and was not asked before."""
    unknown = _unknown_of_lead(draft.lead) if draft.form == "lead" else _unknown_of_profile(draft.profile)
    return next((field for field in unknown if field not in draft.asked), None)


def _unknown_of_lead(lead: Lead) -> list[str]:
    """A rumour needs no more than the kind of person: nobody knows the rest yet (mission row A8)."""
    needs = {
        "roles": not (lead.roles or lead.skills),
        "start": not (lead.start or lead.asap or lead.stage == "rumour"),
        "place": not (lead.place or lead.remote == "remote" or lead.stage == "rumour"),
    }
    return [field for field, lacking in needs.items() if lacking]


def _unknown_of_profile(profile: Profile) -> list[str]:
    needs = {
        "roles": not (profile.roles or profile.skills),
        "place": not (profile.place or profile.remote == "remote"),
    }
    return [field for field, lacking in needs.items() if lacking]


def next_step(draft: Draft) -> tuple[Command, Draft]:
    """Ask for what is missing, one question at a time, or read the whole back with what could not be so."""
    field = missing(draft)
    if field is None:
        return read_back(draft), structs.replace(draft, asking=None, problems=())
    problem = next((each for each in draft.problems if field in ABOUT_FIELDS[each.kind]), None)
    left = tuple(each for each in draft.problems if each != problem)
    asking = structs.replace(draft, asking=field, asked=(*draft.asked, field), problems=left)
    return Ask(draft.form, field, draft.number, problem=problem, nth=draft.nth, of=draft.of), asking


def read_back(draft: Draft) -> Command:
    """The card that shows what was understood, with the problems that no later answer has mended."""
    form = draft.lead if draft.form == "lead" else draft.profile
    problems = tuple(
        p for p in draft.problems if not any(getattr(form, f, None) for f in ABOUT_FIELDS[p.kind] - DATES)
    )
    if draft.form == "lead":
        tips, ruled_out = draft.tips, draft.ruled_out
        return ShowLead(draft.number, draft.lead, tips, problems, ruled_out, draft.nth, draft.of)
    return ShowProfile(draft.number, draft.profile, draft.availability, problems, draft.also)


def finished(draft: Draft) -> Command:
    """The command a confirmed draft stands for."""
    if draft.form == "lead":
        return ShareLead(
            draft.lead,
            draft.text,
            draft.tips,
            draft.forwarded_from,
            ruled_out=draft.ruled_out,
            inquiry_id=draft.inquiry_id,
            idea=draft.idea,
        )
    return SaveProfile(draft.profile, draft.text, draft.availability, draft.also)


def filled_in(draft: Draft) -> tuple[object, ...]:
    """All that was stated in a draft: to see whether a message added anything."""
    return draft.lead, draft.profile, draft.availability, draft.also, draft.tips, draft.ruled_out


def fill(draft: Draft, meaning: Meaning, text: str, *, forwarded: bool = False) -> Draft:
    """The draft with what this message adds.

    Own words count as the role when that was asked and none was recognised.
    """
    if draft.form == "lead":
        return _fill_lead(draft, meaning, text, forwarded=forwarded)
    profile = merge(draft.profile, meaning.profile or Profile())
    if draft.asking == "roles" and not (profile.roles or profile.skills) and _may_be_a_role(meaning):
        profile = replace(profile, roles=_own_words(text))
    about = draft.text if meaning.correction else f"{draft.text}\n{text}".strip()
    periods = tuple(_only_when(each) for each in _periods(meaning))
    first, also = (draft.availability, draft.also) if is_empty(periods[0]) else (periods[0], periods[1:])
    problems = (*draft.problems, *_real_problems(meaning, text, said=profile != draft.profile))
    return structs.replace(
        draft,
        profile=profile,
        text=about,
        availability=first,
        also=also,
        problems=problems,
        asking=None,
    )


def _periods(meaning: Meaning) -> list[Availability]:
    """When the writer can work, earliest first: several periods, or the one."""
    said = [part.availability for part in meaning.parts if part.availability is not None]
    return said or [meaning.availability or Availability()]


def _only_when(said: Availability) -> Availability:
    """Where, for how much and as what belongs to the profile; said twice it would be corrected in one place only."""
    return replace(said, place=None, remote=None, rate=None, roles=(), skills=())


def _unasked(draft: Draft, lead: Lead, meaning: Meaning) -> tuple[str, ...]:
    """What may not be asked again.

    A reply that told something else has not passed by the one thing we cannot do without.
    """
    told_else = lead != draft.lead or bool(meaning.people)
    evaded = draft.asking == "roles" and not (lead.roles or lead.skills) and told_else
    return tuple(field for field in draft.asked if not (evaded and field == "roles"))


def _fill_lead(draft: Draft, meaning: Meaning, text: str, *, forwarded: bool) -> Draft:
    """Names in a forward are the client's people, not colleagues to ask first."""
    change = corrected if meaning.correction else merge
    lead = change(draft.lead, meaning.lead or Lead())
    if (
        draft.asking == "roles"
        and not (lead.roles or lead.skills)
        and _may_be_a_role(meaning)
        and lead == draft.lead
    ):
        lead = replace(lead, roles=_own_words(text))
    tips, ruled_out = (draft.tips, draft.ruled_out) if forwarded else _named(draft, meaning)
    if not lead.place and lead.remote != "remote" and (town := MUNICIPALITY.match(lead.client or "")):
        lead = replace(lead, place=town[1])  # where the client is, until the source says otherwise
    problems = (*draft.problems, *_real_problems(meaning, text, said=lead != draft.lead))
    whole = f"{draft.text}\n{text}".strip()
    return structs.replace(
        draft,
        lead=lead,
        text=whole,
        tips=tips,
        ruled_out=ruled_out,
        problems=problems,
        asked=_unasked(draft, lead, meaning),
        asking=None,
    )


def _named(draft: Draft, meaning: Meaning) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is asked first and who is not asked; what was said last holds."""
    tips = dict.fromkeys((*draft.tips, *meaning.people))
    ruled_out = dict.fromkeys((*draft.ruled_out, *meaning.ruled_out))
    return (
        tuple(name for name in tips if name not in meaning.ruled_out),
        tuple(name for name in ruled_out if name not in meaning.people),
    )


def _real_problems(meaning: Meaning, text: str, *, said: bool) -> tuple[Problem, ...]:
    """When the words turned out to say something else ("copywriter" to "where?"), they are no place unknown to us."""
    return tuple(
        p for p in meaning.problems if not (said and p.kind == "unknown_place" and p.text == text.strip())
    )


def _may_be_a_role(meaning: Meaning) -> bool:
    """Words that clearly mean something else, or name a colleague, are no answer to "what kind of work?"."""
    is_open = not meaning.confident or meaning.intent in (
        "unknown",
        "share_lead",
        "update_profile",
        "offer_help",
    )
    return is_open and not meaning.people


def _own_words(text: str) -> tuple[str, ...]:
    words = " ".join(text.lower().strip(" .!?").split())
    has_figures = any(letter.isdigit() for letter in words)  # what was read of an amount or a day is no trade
    is_work = not has_figures and replies.may_be_work(words)
    return (words,) if len(words) <= OWN_WORDS and is_work else ()
