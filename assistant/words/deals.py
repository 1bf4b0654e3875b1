"""What was agreed, the tiers there are to pick, what is open and what earned coins, the way people write them."""

from collections.abc import Iterable

from assistant.notices import CoinLine, OpenLine, Tier
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


def open_lines(values: Iterable[OpenLine], texts: Texts) -> str:
    """Who still has to pay what, a line each."""
    return "\n".join(_open_line(each, texts) for each in values)


def _open_line(value: OpenLine, texts: Texts) -> str:
    amounts = (
        ("contribution", value.contribution),
        ("dues", value.dues),
        ("sources", value.sources),
        ("payout", value.payout),
    )
    parts = [
        texts.fill(f"open_parts.{name}", {"amount": formats.euros(amount.cents, texts)})
        for name, amount in amounts
        if amount
    ]
    waiting = formats.euros(value.waiting.cents, texts) if value.waiting else ""
    return texts.fill("blocks.open_line", {"name": value.name, "open": ", ".join(parts), "waiting": waiting})


def coin_lines(values: Iterable[CoinLine], texts: Texts) -> str:
    """What each act was and brought, a line each."""
    return "\n".join(
        texts.fill(
            "blocks.coin_line",
            {
                "act": texts.word("coin_acts", each.act),
                "about": each.about,
                "coins": formats.number(each.coins, texts),
                "on": formats.day(each.on, texts),
                "less": "yes" if each.less else "",
                "waiting": "yes" if each.waiting else "",
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
