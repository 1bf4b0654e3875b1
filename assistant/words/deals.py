"""What was agreed for a job, and the tiers there are to pick, the way people write them."""

from collections.abc import Iterable

from assistant.notices import Tier
from assistant.words import formats
from assistant.words.texts import Texts
from nlu.deals import Terms
from nlu.meaning import Range, Rate, Unit


def terms(value: Terms, texts: Texts) -> str:
    """ "60 dagen, € 900 per dag", "32 uur per week, € 95 per uur"."""
    amounts = {
        "load": formats.amount_of_work(_range(value.quantity), value.unit, texts)
        or formats.load(_of(value, "hour"), _of(value, "day"), texts),
        "rate": formats.rate(_rate(value), texts),
    }
    return texts.fill("blocks.terms", amounts)


def tiers(values: Iterable[Tier], texts: Texts) -> str:
    """The caps, a line each, and what each would come to."""
    return "\n".join(
        texts.fill(
            "blocks.tier",
            {
                "cap": formats.euros(each.cap.cents, texts),
                "expected": formats.euros(each.expected.cents, texts) if each.expected else "",
            },
        )
        for each in values
    )


def _range(value: float | None) -> Range | None:
    return None if value is None else Range(value, value)


def _of(value: Terms, unit: str) -> Range | None:
    return _range(value.per_week) if value.per_week_unit == unit else None


def _rate(value: Terms) -> Rate | None:
    if value.rate_cents is None:
        return None
    unit: Unit | None = "project" if value.rate_unit == "total" else value.rate_unit
    return Rate(value.rate_cents, value.rate_cents, unit, vat=value.vat)
