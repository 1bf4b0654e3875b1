"""Log lines as JSON hold the kind of an error, never its text."""

import json
import logging
import re
from pathlib import Path

from assistant.logs import JsonLines


def test_a_line_is_one_object_without_the_text_of_the_error() -> None:
    bug = ValueError("ik ben vrij")
    fault = (ValueError, bug, None)
    record = logging.LogRecord("seintje", logging.ERROR, "x", 1, "event %d failed\n", (7,), fault)

    line = JsonLines().format(record)

    assert "\n" not in line
    assert "vrij" not in line
    assert {"message": "event 7 failed\n", "error": "ValueError", "level": "error"}.items() <= json.loads(
        line
    ).items()


def test_every_setting_stands_in_the_example() -> None:

    root = Path(__file__).parents[2]
    known = set(re.findall(r"PREFIX}([A-Z_]+)", (root / "assistant/settings.py").read_text()))
    named = set(re.findall(r"SEINTJE_([A-Z_]+)=", (root / ".env.example").read_text()))
    told = set(re.findall(r"SEINTJE_([A-Z_]+)`", (root / "docs/operating.md").read_text()))

    assert known == named
    assert known <= told
