"""Every line of the threat model names a test that exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_threat_has_a_test() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    lines = [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| somebody |")
    ]
    found = [NAMED.search(line) for line in lines]

    assert len(lines) > 30
    assert [line for line, name in zip(lines, found, strict=True) if name is None] == []
    missing = [
        name[0]
        for name in found
        if name and f"def {name[2]}(" not in (ROOT / name[1]).read_text(encoding="utf-8")
    ]
    assert missing == []
