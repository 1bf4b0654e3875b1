"""The parts of a message that are more than one word: a lead in short lines, a profile, availability, reasons."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from assistant.notices import (
    DealLine,
    DigestLine,
    Interested,
    KnownWord,
    LeadLine,
    LookupLine,
    Mended,
    PayoutLine,
    WhyNotLine,
)
from assistant.rules.availability import Period
from assistant.rules.fairness import Fairness
from assistant.rules.matching import PRIVATE_KINDS, Reason
from assistant.rules.missing import Missing
from assistant.rules.policy import BOUNDS, CHOICES, CreditName, Policy, Setting, SettingName, of_name
from assistant.titles import title
from assistant.words import formats
from assistant.words.texts import Texts
from nlu import taxonomy
from nlu.meaning import Availability, Contact, LanguageCode, Lead, Problem, Profile

# Reasons whose facts are words of the taxonomy: each reader sees them in their own language.
TERMS = frozenset(
    {"role_same", "role_near", "skills_shared", "skills_near", "sector", "skills_missing", "role_missing"}
)
LONGEST_QUOTE = 600  # characters of somebody's own words inside a list, so that several fit one message


def lead(value: Lead, texts: Texts, *, for_source: bool) -> str:
    """What is known, a line each. Contacts are never in it; a confidential client only for who told it."""
    shown = {
        "roles": formats.listed(value.roles, texts),
        "skills": ", ".join(_spelled(skill) for skill in value.skills if skill not in value.must),
        "must": ", ".join(_spelled(skill) for skill in value.must),
        "headcount": formats.number(value.headcount, texts) if value.headcount else "",
        "where": _where(value.place, value.remote, texts),
        "load": _load(value, texts),
        "rate": formats.rate(value.rate, texts),
        "start": texts.fill("words.asap") if value.asap else _day(value.start, texts),
        "end": _day(value.end, texts),
        "duration": formats.duration(value.duration_months, texts),
        "client": (value.client or "") if for_source or not value.confidential else "",
        "deadline": _day(value.deadline, texts),
        "stage": texts.fill(f"stages.{value.stage}") if value.stage else "",
        "tentative": "yes" if value.tentative else "",
    }
    return texts.fill("blocks.lead", shown)


def unknown(value: Lead, texts: Texts) -> str:
    """What nobody said yet of the things one wants to know before a yes (mission row D31)."""
    known = {
        "rate": formats.rate(value.rate, texts),
        "hours": formats.load(value.hours_per_week, value.days_per_week, texts, value.half_days_per_week)
        or value.days_total,
        "start": value.start or value.asap,
        "place": value.place or value.remote == "remote",
        "duration": value.duration_months or value.end,
        "client": value.client or value.confidential,
    }
    return ", ".join(texts.fill(f"fields.{field}") for field, is_known in known.items() if not is_known)


def profile(value: Profile, texts: Texts) -> str:
    """What a member said of their work, a line each. A language is a skill as well: it is shown once."""
    languages = [texts.word("languages", each) for each in value.languages]
    spoken = {each.casefold() for each in languages}
    shown = {
        "name": value.name or "",
        "roles": formats.listed(value.roles, texts),
        "skills": ", ".join(_spelled(each) for each in value.skills if each.casefold() not in spoken),
        "sectors": ", ".join(value.sectors),
        "years": formats.number(value.years, texts) if value.years is not None else "",
        "languages": ", ".join(languages),
        "where": _where(value.place, value.remote, texts, "own_remote"),
        "radius": formats.number(value.radius_km, texts) if value.radius_km is not None else "",
        "rate": formats.rate(value.rate, texts),
        "load": formats.load(value.hours_per_week, value.days_per_week, texts),
        "likes": ", ".join(value.likes),
        "dislikes": ", ".join(value.dislikes),
        "dropped": ", ".join(_spelled(each) for each in value.dropped),
        "cleared": ", ".join(texts.word("facts", each) for each in value.cleared),
    }
    return texts.fill("blocks.profile", shown)


def availability(value: Availability, texts: Texts) -> str:
    """When and how much somebody can work, in one line. That there is too little work is never in it."""
    named = formats.weekdays(value.weekdays, None, texts) if value.weekdays else ""
    parts = (
        _when(value.status or "free", value.start, value.end, texts, is_now=value.now),
        named,
        _load(value, texts),
        _where(value.place, value.remote, texts),
        formats.rate(value.rate, texts),
    )
    return ", ".join(part for part in parts if part)


def periods(values: Iterable[Period], texts: Texts) -> str:
    """Availability as it stands, in one line, earliest first."""
    return "; ".join(_period(each, texts) for each in values)


def reasons(values: Iterable[Reason], texts: Texts, *, about: str = "you", mark: str = "") -> str:
    """A line each, to the member themself or ("them") about the member to the source, who sees no private ones.

    A kind recorded under rules of long ago may have no words any more: it is left out.
    """
    kept = [each for each in values if about == "you" or each.kind not in PRIVATE_KINDS]
    named = [(f"reasons.{about}.{each.kind}", each) for each in kept]
    return "\n".join(mark + _reason(name, each, texts) for name, each in named if name in texts.templates)


def settings(policy: Policy, names: Iterable[SettingName | CreditName], texts: Texts) -> str:
    """How these settings stand, a line each."""
    return "\n".join(_setting(name, of_name(policy, name), texts) for name in names)


def _setting(name: str, value: Setting, texts: Texts) -> str:
    """A choice has a text each; a number or a time fills its own in."""
    if name == "credit_count_months":
        return texts.fill(f"policy.{name}.{'some' if value else 'all'}", {"value": str(value or "")})
    if isinstance(value, tuple):
        return texts.fill(
            f"policy.{name}", {"value": formats.listed((formats.euros(e, texts) for e in value), texts)}
        )
    if name.endswith("_cents") and isinstance(value, int):
        return texts.fill(f"policy.{name}", {"value": formats.euros(value, texts)})
    if isinstance(value, time):
        return texts.fill(f"policy.{name}", {"value": value.isoformat("minutes")})
    if name in CHOICES:
        said = next(said for said, meant in CHOICES[name].items() if meant == value)
        return texts.fill(f"policy.{name}.{said}")
    return texts.fill(f"policy.{name}", {"value": _figure(value)})


def _figure(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def bounds(name: str, texts: Texts) -> str:
    """What a setting can be."""
    if name not in BOUNDS or f"bounds.{name}" in texts.templates:
        return texts.word("bounds", name)
    return texts.fill("bounds.number", {"low": f"{BOUNDS[name].low:g}", "high": f"{BOUNDS[name].high:g}"})


def problems(values: Iterable[Problem], texts: Texts) -> str:
    """What cannot be so, quoted, and why; a line each."""
    return "\n".join(texts.fill(f"problems.{each.kind}", {"text": each.text}) for each in values)


def contact(value: Contact, texts: Texts) -> str:
    """A person of the client: only for who is introduced."""
    shown = (value.name, value.phone, value.email)
    return ", ".join(part for part in shown if part) or texts.fill("words.nobody")


def candidates(values: Sequence[Interested], texts: Texts) -> str:
    """Who said yes, as the source sees them: the band, what fits, what is doubtful, their own words."""
    return "\n\n".join(_candidate(number, each, texts) for number, each in enumerate(values, 1))


def why_not(values: Iterable[WhyNotLine], texts: Texts) -> str:
    """The rules that kept somebody from being asked, a line each, as far as there are words for them."""
    known = [each for each in values if f"gates.{each.gate}" in texts.templates]
    return "\n".join(texts.fill(f"gates.{each.gate}", {"count": str(each.count)}) for each in known)


def digest(values: Sequence[DigestLine], texts: Texts) -> str:
    """The leads of a digest, numbered: what it is, how it fits, and the reason that weighs most."""
    return "\n\n".join(_digest_line(number, each, texts) for number, each in enumerate(values, 1))


def _digest_line(number: int, value: DigestLine, texts: Texts) -> str:
    is_secret = value.lead.confidential or value.lead.stage == "rumour"
    facts = (
        formats.load(value.lead.hours_per_week, value.lead.days_per_week, texts),
        formats.rate(value.lead.rate, texts),
        texts.fill("words.asap") if value.lead.asap else _day(value.lead.start, texts),
    )
    shown = {
        "number": str(number),
        "title": title(value.lead, texts.language),
        "band": texts.fill(f"bands.{value.band}"),
        "facts": ", ".join(each for each in facts if each),
        "reasons": reasons(value.reasons, texts, mark=texts.fill("marks.reason") + " "),
        "secret": "yes" if is_secret else "",
    }
    return texts.fill("blocks.digest_line", shown)


def lead_lines(values: Iterable[LeadLine], texts: Texts) -> str:
    """How my leads are doing, a line each."""
    return "\n".join(_lead_line(each, texts) for each in values)


def free_fields(values: Iterable[tuple[str, int]], texts: Texts) -> str:
    """So many people of these fields."""
    named = (f"{formats.number(count, texts)} {texts.word('people', field)}" for field, count in values)
    return formats.listed(named, texts)


def fairness(value: Fairness, texts: Texts) -> dict[str, str]:
    """The numbers of a quarter; "" for what is not told."""

    def number(count: float | None) -> str:
        return "" if count is None else formats.number(count, texts)

    bins = (
        texts.fill("blocks.bin", {"name": name, "count": formats.number(count, texts)})
        for name, count in value.bins
        if count
    )
    hours, minutes = divmod(value.minutes or 0, 60)
    parts = {"hours": number(hours) if hours else "", "minutes": str(minutes) if minutes or not hours else ""}
    took = texts.fill("words.took", {**parts, "both": "yes" if all(parts.values()) else ""})
    return {
        "members": number(value.members),
        "gini": number(value.gini),
        "none": number(value.none_percent),
        "bins": ", ".join(bins),
        "leads": number(value.leads),
        "without": number(value.without) if value.without else "",
        "took": took if value.minutes is not None else "",
        "mutes": number(value.mutes),
        "heard": number(value.heard_percent),
    }


def missing(value: Missing, texts: Texts) -> dict[str, str]:
    """What a group lacks: how many leads, how many without a candidate, and which terms nobody has."""
    language: LanguageCode = "en" if texts.language == "en" else "nl"
    terms = (
        texts.fill(
            "blocks.missing",
            {"term": taxonomy.display(term, language), "count": formats.number(count, texts)},
        )
        for term, count in value.terms
    )
    return {
        "leads": formats.number(value.leads, texts),
        "without": formats.number(value.without, texts) if value.without else "",
        "terms": formats.listed(terms, texts),
    }


def deals(values: Iterable[DealLine], texts: Texts) -> str:
    """Jobs, a line each: so far, at most, still to be paid."""
    return "\n".join(_deal(each, texts) for each in values)


def payouts(values: Iterable[PayoutLine], texts: Texts) -> str:
    """Who gets what from the pot, a line each."""
    return "\n".join(
        texts.fill(
            "blocks.payout_line",
            {
                "name": each.name,
                "coins": formats.number(each.coins, texts),
                "amount": formats.euros(each.amount.cents, texts),
            },
        )
        for each in values
    )


def titles(values: Iterable[str], texts: Texts) -> str:
    """Titles, a line each."""
    return "\n".join(texts.fill("blocks.title", {"title": each}) for each in values)


def vocabulary(values: Iterable[KnownWord], texts: Texts) -> str:
    """The collective's own words, a line each."""
    return "\n".join(
        texts.fill(
            "blocks.word",
            {
                "word": each.word,
                "meaning": "" if each.meaning == each.word else each.meaning,
                "kind": texts.word("word_kinds", each.kind),
                "by": each.by or "",
                "on": formats.day(each.on, texts),
            },
        )
        for each in values
    )


def _load(value: Lead | Availability, texts: Texts) -> str:
    """How much a week, and in which parts of the day."""
    amount = formats.load(value.hours_per_week, value.days_per_week, texts, value.half_days_per_week)
    total = formats.total_days(value.days_total, texts) if isinstance(value, Lead) else ""
    return ", ".join(part for part in (amount, total, formats.dayparts(value.dayparts, texts)) if part)


def _spelled(skill: str) -> str:
    """A skill as a colleague writes it ("Power BI"), but in the language it was said in."""
    shown = taxonomy.display(skill, "nl")
    return shown if shown.casefold() == skill.casefold() else skill


def _where(place: str | None, remote: str | None, texts: Texts, named: str = "remote") -> str:
    return ", ".join(part for part in (place, texts.fill(f"{named}.{remote}") if remote else "") if part)


def _day(value: date | None, texts: Texts) -> str:
    return formats.day(value, texts) if value else ""


def _when(status: str, start: date | None, end: date | None, texts: Texts, *, is_now: bool) -> str:
    """A busy stretch that has begun only needs its end: "vol t/m 30 juni 2027"."""
    begun = is_now or start is None
    kind = (
        ("until" if begun else "day" if start == end else "between")
        if end
        else "from"
        if start and not is_now
        else "now"
        if is_now
        else "open"
    )
    first = formats.first_day(start, end, texts) if start else ""
    shown = {"status": texts.word("status", status), "start": first, "end": _day(end, texts)}
    return texts.fill(f"periods.{kind}", shown)


def _period(value: Period, texts: Texts) -> str:
    """A period that began when it was said is "now": the clock is not needed for that."""
    when = _when(value.status, value.start, value.end, texts, is_now=value.start <= value.stated_on)
    is_busy = value.status in ("full", "away")
    if is_busy:
        return when
    if value.weekdays:
        named = formats.weekdays(value.weekdays, value.hours, texts)
    else:
        named = formats.load_of_hours(value.hours, texts)
    return ", ".join(part for part in (when, named, formats.dayparts(value.dayparts, texts)) if part)


def _reason(name: str, value: Reason, texts: Texts) -> str:
    said = [_in_language(each, texts) for each in value.facts] if value.kind in TERMS else value.facts
    facts = [formats.fact(each, texts) for each in said]
    numbered = {str(number): each for number, each in enumerate(facts)}
    return texts.fill(name, numbered | {"all": formats.listed(facts, texts)})


def _in_language(word: str, texts: Texts) -> str:
    """A term of the taxonomy as this reader writes it; a word of the member's own stays as they said it."""
    is_term = taxonomy.canonical(word) == word
    return taxonomy.display(word, "en" if texts.language == "en" else "nl") if is_term else word


def _candidate(number: int, value: Interested, texts: Texts) -> str:
    shown = {
        "number": str(number),
        "name": value.name,
        "band": texts.fill(f"bands.{value.band}"),
        "reasons": reasons(value.reasons, texts, about="them", mark=texts.fill("marks.reason") + " "),
        "doubts": reasons(value.doubts, texts, about="them", mark=texts.fill("marks.doubt") + " "),
        "words": _clipped(value.words or ""),
        "drive": _clipped(value.drive or ""),
    }
    return texts.fill("blocks.candidate", shown)


def _deal(value: DealLine, texts: Texts) -> str:
    amounts = {
        "title": value.title,
        "so_far": formats.euros(value.so_far.cents, texts),
        "cap": formats.euros(value.cap.cents, texts) if value.cap else "",
        "open": formats.euros(value.open.cents, texts) if value.open.cents else "",
        "mended": _mended(value.mended, texts) if value.mended else "",
    }
    return texts.fill("blocks.deal_line", amounts)


def _mended(value: Mended, texts: Texts) -> str:
    shown = {
        "month": formats.day(value.month, texts, "month") if value.month else "",
        "was": formats.euros(value.was.cents, texts),
        "now": formats.euros(value.now.cents, texts),
        "by": value.by,
        "why": value.why or "",
    }
    return texts.fill("blocks.mended", shown)


def _lead_line(value: LeadLine, texts: Texts) -> str:
    shown = {
        "title": value.title,
        "asked": formats.number(value.asked, texts) if value.asked else "",
        "yes": formats.number(value.yes, texts) if value.yes else "",
        "chosen": value.chosen or "",
    }
    state = texts.fill(texts.first(f"states.{value.state}", "states.other"), shown)
    return texts.fill("blocks.lead_line", shown | {"state": state})


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def lookups(values: Iterable[LookupLine], texts: Texts) -> str:
    """Who looked at what, a line each."""
    return "\n".join(
        texts.fill(
            f"lookups.line.{'named' if each.named else 'all'}",
            {
                "by": each.by,
                "on": formats.day(each.on, texts, "day"),
                "what": texts.word("lookups", each.what),
            },
        )
        for each in values
    )


def reach(channel: str, handle: str | None, texts: Texts) -> str:
    """Where somebody is reached: the channel, and their public name on it."""
    named = texts.word("channels", channel)
    return f"{named} ({handle})" if handle else named
