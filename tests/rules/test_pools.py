"""Pools: whose work the client's rate is for, and which amounts can be one."""

import pytest

from assistant.rules.pools import can_be, is_of_client


@pytest.mark.parametrize(
    ("lead_client", "pool_client", "same"),
    [
        ("ministerie van Financiën", "Ministerie van Financiën", True),
        ("Financiën", "Ministerie van Financiën", True),
        ("Ministerie van Financiën in Den Haag", "ministerie van financiën", True),
        ("Ministerie van Defensie", "Ministerie van Financiën", False),
        ("Financiënbank", "Financiën", False),  # whole words only
        ("Bank", "Rabobank", False),
        (None, "KPN", False),
        ("", "KPN", False),
        ("   ", "KPN", False),
    ],
)
def test_work_of_the_client(lead_client: str | None, pool_client: str, same: bool) -> None:
    assert is_of_client(lead_client, pool_client) is same


@pytest.mark.parametrize(
    ("cents", "fine"),
    [(999, False), (1_000, True), (9_500, True), (500_000, True), (500_001, False), (-9_500, False)],
)
def test_an_amount_that_can_be_a_rate(cents: int, fine: bool) -> None:
    assert can_be(cents) is fine
