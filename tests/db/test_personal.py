"""Nothing that is kept of a member can be forgotten when they ask for it, or ask to be forgotten."""

import db.tables  # noqa: F401  # every table
from db.base import Base
from db.personal import HOLDINGS

# Tables that name a member and are not about them: what else a row says is somebody else's.
ABOUT_OTHERS = {
    ("members", "invited_by"),
    ("offers", "tipped_by"),  # the offer is the other member's
    ("introductions", "outcome_by"),  # one of the two who are named already
    ("inquiries", "taken_by_id"),  # the question is its client's
    ("leads", "contractor_id"),  # the lead is its source's
    ("deals", "source_id"),  # the job is the other member's
    ("ledger_entries", "by_id"),  # the line is of whose account it moves
}


def test_every_table_that_names_a_member_says_what_becomes_of_it() -> None:
    naming = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "members"
    }

    assert naming - ABOUT_OTHERS == {
        (name, column) for name, holding in HOLDINGS.items() for column in holding.about if column != "id"
    }


def test_what_is_blanked_exists_and_may_be_empty() -> None:
    for name, holding in HOLDINGS.items():
        columns = Base.metadata.tables[name].columns
        assert {*holding.about, *holding.blank, *holding.secret} <= set(columns.keys())
        assert all(columns[each].nullable for each, value in holding.blank.items() if value is None)
