"""What a correction leaves of the terms that stood there: each row is two rates and what comes of them."""

import pytest

from dialogs.conversation import Draft
from dialogs.forms import corrected, fill
from nlu.meaning import Lead, Meaning, Rate


def hourly(low: int | None, high: int | None, vat: str | None = None) -> Rate:
    return Rate(low, high, "hour", vat="excl" if vat else None)


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        pytest.param(hourly(None, 105), hourly(110, 110), hourly(None, 110), id="a maximum stays one"),
        pytest.param(
            hourly(None, 105, "excl"), hourly(110, 110), hourly(None, 110, "excl"), id="without VAT too"
        ),
        pytest.param(
            hourly(95, 95), hourly(110, 110, "excl"), hourly(110, 110, "excl"), id="a VAT note of its own"
        ),
        pytest.param(hourly(95, 95, "excl"), hourly(110, 110), hourly(110, 110, "excl"), id="one amount"),
        pytest.param(hourly(None, 105), hourly(90, 110), hourly(90, 110), id="a range is as it is said"),
        pytest.param(hourly(90, 105), hourly(110, 110), hourly(110, 110), id="instead of a range"),
        pytest.param(
            hourly(None, 105, "excl"),
            Rate(850, 850, "day"),
            Rate(850, 850, "day"),
            id="by the day are other terms",
        ),
        pytest.param(None, hourly(110, 110), hourly(110, 110), id="the first that is said"),
        pytest.param(hourly(None, 105, "excl"), None, hourly(None, 105, "excl"), id="of something else"),
    ],
)
def test_a_corrected_rate_stays_on_the_terms_it_was_said_on(
    old: Rate | None, new: Rate | None, left: Rate | None
) -> None:
    assert corrected(Lead(rate=old), Lead(rate=new)).rate == left


@pytest.mark.parametrize(
    "said", ["ja doe maar", "ga maar met Sanne", "yes please", "ik kom!", "hook them up"]
)
def test_what_is_no_work_does_not_become_a_role(said: str) -> None:
    unsure = Meaning("nl", "unknown", 0.3, confident=False, lead=Lead())

    assert fill(Draft(1, "lead", asking="roles"), unsure, said).lead.roles == ()
    assert fill(Draft(1, "lead", asking="roles"), unsure, "duivenmelker").lead.roles == ("duivenmelker",)
