"""Every row of the tables beside this file: a text, and all that is found in it. A new row costs one line."""

from typing import Any

import pytest

from tests.nlu.names.reading import HERE, plain, read, table

ROWS = [
    pytest.param(kinds, row, id=f"{path.stem}: {row['say'][:60]!r}")
    for path in sorted(HERE.glob("*.yaml"))
    for kinds, row in table(path.stem)
]


@pytest.mark.parametrize(("kinds", "row"), ROWS)
def test_a_text_holds_what_its_row_says_and_nothing_more(kinds: list[str], row: dict[str, Any]) -> None:
    finds = read(row["say"], row.get("language", "nl"), forwarded=row.get("forwarded", False))
    expected = {kind: row.get(kind, []) for kind in kinds}
    assert {kind: [plain(find.value) for find in finds if find.kind == kind] for kind in kinds} == expected


@pytest.mark.parametrize(("kinds", "row"), ROWS)
def test_a_find_says_where_it_stands(kinds: list[str], row: dict[str, Any]) -> None:
    finds = read(row["say"], row.get("language", "nl"))
    assert all(0 <= find.start < find.end <= len(row["say"]) for find in finds)
