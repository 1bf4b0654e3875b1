"""A small Cloud API for tests: one business number, people one to one, strict about limits and the 24-hour window.

It does what the documentation promises: outside the window only an approved template is taken, limits are refused with
the API's own codes, statuses follow, webhooks are signed over their raw bytes and come again until they are taken.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]

PHONE_ID, TOKEN, APP_SECRET, VERIFY = "1122334455", "fake-whatsapp-token", "fake-app-secret", "fake-verify"
TEMPLATE = "seintje_bericht"


class RefusalError(Exception):
    """An answer other than 200: a status, and the API's own code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code, self.message = status, code, message


def checked(body: Json) -> Json:
    """The content of a message, when the API would take it; else RefusalError 100 or 131009."""
    kind = body.get("type")
    match kind:
        case "text":
            _length(body["text"], "body", 1, 4096)
            _only(body["text"], {"body", "preview_url"})
        case "interactive":
            _interactive(body["interactive"])
        case "document":
            _only(body["document"], {"id", "filename", "caption"})
        case "template":
            _only(body["template"], {"name", "language", "components"})
        case _:
            raise RefusalError(400, 100, f"(#100) Invalid parameter: type {kind!r}")
    return dict(body[kind])


def shown(body: Json) -> list[tuple[str, str]]:
    """What a person can press under a message: what they read on it, and the id it sends."""
    content = body.get("interactive")
    if content is None:
        return []
    if content["type"] == "button":
        return [(each["reply"]["title"], each["reply"]["id"]) for each in content["action"]["buttons"]]
    rows = [row for section in content["action"]["sections"] for row in section["rows"]]
    return [(row.get("description", row["title"]), row["id"]) for row in rows]


def _interactive(content: Json) -> None:
    _only(content, {"type", "body", "action"})
    _length(content["body"], "text", 1, 1024)
    action = content["action"]
    match content["type"]:
        case "button":
            _count(action["buttons"], 3, "buttons")
            replies = [each["reply"] for each in action["buttons"] if each["type"] == "reply"]
            _count(replies, len(action["buttons"]), "buttons")
            for reply in replies:
                _length(reply, "title", 1, 20)
                _length(reply, "id", 1, 256)
            _unique([reply["title"] for reply in replies], "titles")
            _unique([reply["id"] for reply in replies], "ids")
        case "list":
            _length(action, "button", 1, 20)
            rows = [row for section in action["sections"] for row in section["rows"]]
            _count(rows, 10, "rows")
            for row in rows:
                _only(row, {"id", "title", "description"})
                _length(row, "title", 1, 24)
                _length(row, "id", 1, 200)
                if "description" in row:
                    _length(row, "description", 1, 72)
            _unique([row["id"] for row in rows], "ids")
        case other:
            raise RefusalError(400, 131009, f"(#131009) Parameter value is not valid: {other!r}")


def _length(holder: Mapping[str, Any], name: str, least: int, most: int) -> None:
    value = holder.get(name)
    if not isinstance(value, str) or not value.strip() or not least <= len(value) <= most:
        raise RefusalError(400, 131009, f"(#131009) {name} should be {least} to {most} characters")


def _count(values: Sequence[Any], most: int, name: str) -> None:
    if not 1 <= len(values) <= most:
        raise RefusalError(400, 131009, f"(#131009) {len(values)} {name}, at most {most}")


def _unique(values: Sequence[str], name: str) -> None:
    if len(set(values)) != len(values):
        raise RefusalError(400, 131009, f"(#131009) {name} should differ")


def _only(holder: Mapping[str, Any], names: set[str]) -> None:
    if unknown := set(holder) - names:
        raise RefusalError(400, 100, f"(#100) unexpected {sorted(unknown)}")
