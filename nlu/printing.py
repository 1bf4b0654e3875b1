"""Prints a meaning as the JSON object of `seintje parse`: euros as numbers, ISO dates, null for what nobody said."""

from dataclasses import asdict
from datetime import date

from nlu.meaning import Availability, Contact, Lead, Meaning, Profile, Range, Rate

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(meaning: Meaning, id: str | None = None) -> dict[str, Json]:  # noqa: A002 - the field's own name
    """One reading as plain data; `id` comes first when given."""
    first: dict[str, Json] = {} if id is None else {"id": id}
    return first | {
        "language": meaning.language,
        "intent": meaning.intent,
        "confidence": round(meaning.confidence, 3),
        "confident": meaning.confident,
        "alternatives": [
            {"intent": r.intent, "confidence": round(r.confidence, 3)} for r in meaning.alternatives
        ],
        "lead": _lead(meaning.lead),
        "availability": _availability(meaning.availability),
        "profile": _profile(meaning.profile),
        "people": list(meaning.people),
        "ruled_out": list(meaning.ruled_out),
        "until": _day(meaning.until),
        "skipped": meaning.skipped,
        "correction": meaning.correction,
        "reason": meaning.reason,
        "topic": meaning.topic,
        "setting": {meaning.setting.name: meaning.setting.value} if meaning.setting else None,
        "problems": [{"kind": p.kind, "text": p.text} for p in meaning.problems],
        "spans": [{"field": s.field, "start": s.start, "end": s.end, "text": s.text} for s in meaning.spans],
        "parts": [to_json(part) for part in meaning.parts],
    }


def _lead(lead: Lead | None) -> Json:
    if lead is None:
        return None
    return {
        "roles": list(lead.roles),
        "skills": list(lead.skills),
        "place": lead.place,
        "remote": lead.remote,
        "hours_per_week": _range(lead.hours_per_week),
        "days_per_week": _range(lead.days_per_week),
        "half_days_per_week": _range(lead.half_days_per_week),
        "days_total": _range(lead.days_total),
        "dayparts": list(lead.dayparts) or None,
        "rate": _rate(lead.rate),
        "start": "asap" if lead.asap else _day(lead.start),
        "end": _day(lead.end),
        "duration_months": lead.duration_months,
        "deadline": _day(lead.deadline),
        "headcount": lead.headcount,
        "client": lead.client,
        "stage": lead.stage,
        "contact": _contact(lead.contact),
        "confidential": lead.confidential,
        "must": list(lead.must),
        "tentative": lead.tentative,
    }


def _availability(said: Availability | None) -> Json:
    if said is None:
        return None
    return {
        "status": said.status,
        "start": "now" if said.now else _day(said.start),
        "end": _day(said.end),
        "hours_per_week": _range(said.hours_per_week),
        "days_per_week": _range(said.days_per_week),
        "half_days_per_week": _range(said.half_days_per_week),
        "weekdays": list(said.weekdays) or None,
        "dayparts": list(said.dayparts) or None,
        "place": said.place,
        "remote": said.remote,
        "rate": _rate(said.rate),
        "roles": list(said.roles),
        "skills": list(said.skills),
        "low_work": said.low_work,
        "tentative": said.tentative,
    }


def _profile(profile: Profile | None) -> Json:
    if profile is None:
        return None
    return {
        "name": profile.name,
        "roles": list(profile.roles),
        "skills": list(profile.skills),
        "sectors": list(profile.sectors),
        "languages": list(profile.languages),
        "years": profile.years,
        "place": profile.place,
        "radius_km": profile.radius_km,
        "remote": profile.remote,
        "rate": _rate(profile.rate),
        "hours_per_week": _range(profile.hours_per_week),
        "days_per_week": _range(profile.days_per_week),
        "likes": list(profile.likes),
        "dislikes": list(profile.dislikes),
        "dropped": list(profile.dropped),
    }


def _range(amount: Range | None) -> Json:
    return None if amount is None else [_plain(amount.low), _plain(amount.high)]


def _rate(rate: Rate | None) -> Json:
    if rate is None:
        return None
    said: dict[str, Json] = {
        "min": _euros(rate.low_cents),
        "max": _euros(rate.high_cents),
        "unit": rate.unit,
        "currency": rate.currency,
    }
    return said | ({"vat": rate.vat} if rate.vat else {})


def _euros(cents: int | None) -> float | None:
    return None if cents is None else _plain(cents / 100)


def _plain(number: float | None) -> float | None:
    """Whole numbers print without a decimal point."""
    return int(number) if number is not None and number == int(number) else number


def _contact(contact: Contact | None) -> Json:
    return asdict(contact) if contact else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
