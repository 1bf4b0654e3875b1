"""Payloads as platforms send them and as no platform should: built from a small list of kinds, then changed by chance."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import yaml

from tests.channels.fake_whatsapp import PHONE_ID
from tests.nlu.shapes import PIECES

Json = dict[str, Any]
HERE = Path(__file__).parent

STRANGE: Sequence[Any] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 10**400, 0.5, 1e300, float("nan"), float("inf"), "", " ", "0", "-1",
    "1e9", "null", "\x00", "\ud83d", "\udc00x", "a" * 5000, "😀" * 2000, "{{ 7 * 7 }}", "%s%n", "'; DROP TABLE members; --",
    "<script>alert(1)</script>", "../../etc/passwd", "\u202egnp.exe", [], {}, [[]], [None], {"": None}, {"id": {}},
    {"type": []}, "kicked", "private", "text", "interactive", "2026-11-23",
)  # fmt: skip


class Kinds:
    """Every kind of payload of both platforms."""

    def __init__(self) -> None:
        telegram = yaml.safe_load((HERE / "telegram.yaml").read_text(encoding="utf-8"))
        whatsapp = yaml.safe_load((HERE / "whatsapp.yaml").read_text(encoding="utf-8"))
        self.telegram: list[Json] = telegram["updates"]
        self.whatsapp: list[Json] = list(_changes(whatsapp))


def _changes(kinds: Mapping[str, list[Json]]) -> Iterator[Json]:
    for message in kinds["messages"]:
        named: Json = {"from": "31600000001", "id": "wamid.1", "timestamp": "1795341600"} | message
        yield _change("messages", {"contacts": [_contact()], "messages": [named]})
        unnumbered = {name: value for name, value in named.items() if name != "from"}
        yield _change(
            "messages",
            {
                "contacts": [_contact(numbered=False)],
                "messages": [unnumbered | {"from_user_id": "NL.31600000001"}],
            },
        )
    for status in kinds["statuses"]:
        yield _change("messages", {"statuses": [{"timestamp": "1795341600"} | status]})
    for wish in kinds["preferences"]:
        wished: Json = {"wa_id": "31600000001", "timestamp": 1795341600} | wish
        yield _change("user_preferences", {"contacts": [_contact()], "user_preferences": [wished]})
    yield from kinds["others"]


def _change(field: str, value: Json) -> Json:
    metadata = {"display_phone_number": "31200000000", "phone_number_id": PHONE_ID}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata} | value}


def _contact(*, numbered: bool = True) -> Json:
    named: Json = {"profile": {"name": "Mieke"}, "user_id": "NL.31600000001"}
    return named | ({"wa_id": "31600000001"} if numbered else {})


def request(*changes: Json) -> Json:
    """One webhook of WhatsApp."""
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": list(changes)}]}


class Mutator:
    """Makes another payload of one, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.kinds = Kinds()
        self._stored = {
            "telegram": [json.dumps(each).encode() for each in self.kinds.telegram],
            "whatsapp": [json.dumps(each).encode() for each in self.kinds.whatsapp],
        }

    def telegram(self, number: int) -> Json:
        """An update of this number."""
        update = self._one("telegram")
        found: Json = {"update_id": number} | self._changed(update)
        return found

    def whatsapp(self, number: int) -> Json:
        """A request of one to three changes, whose messages have names of their own."""
        changes = [self._one("whatsapp") for _ in range(self.chance.choice((1, 1, 1, 2, 3)))]
        for place, change in enumerate(changes):
            for message in change["value"].get("messages", ()):
                message["id"] = f"wamid.{number}.{place}"
        found: Json = self._changed(request(*changes))
        return found

    def body(self, payload: Any) -> bytes:
        """As it comes over the line; now and then not even JSON."""
        body = json.dumps(payload).encode()
        if self.chance.random() < 0.02:
            cut = self.chance.randrange(len(body))
            return body[:cut] + self.chance.choice((b"", b"\xff", b"}", b"\x00", body[:cut]))
        return body

    def _one(self, platform: str) -> Json:
        found: Json = msgspec.json.decode(self.chance.choice(self._stored[platform]))
        return found

    def _changed(self, payload: Any) -> Any:
        for _ in range(self.chance.choice((0, 1, 1, 1, 2, 3, 6))):
            self._change(payload)
        return payload

    def _change(self, payload: Any) -> None:
        """Walk down to somewhere, and change what is there."""
        holder = payload
        while True:
            key = self._key(holder)
            if key is None:
                return
            inner = holder[key]
            if not isinstance(inner, dict | list) or not inner or self.chance.random() < 0.2:
                break
            holder = inner
        match self.chance.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = self._strange()
            case 2 if isinstance(inner, str):
                holder[key] = "".join(
                    self.chance.choice(PIECES) + self.chance.choice(" \n")
                    for _ in range(self.chance.randrange(1, 30))
                )
            case 3:
                holder[key] = self.chance.choice(([inner], {"id": inner}, [inner, inner], str(inner)))
            case 4 if isinstance(holder, dict):
                holder[str(self._strange())[:40]] = inner
            case _:
                holder[key] = self._donated(key)

    def _strange(self) -> Any:
        return deepcopy(self.chance.choice(STRANGE))  # it may be changed further

    def _key(self, holder: Any) -> Any:
        if not holder:
            return None
        return (
            self.chance.choice(list(holder))
            if isinstance(holder, dict)
            else self.chance.randrange(len(holder))
        )

    def _donated(self, key: Any) -> Any:
        """What stands under the same name in another payload."""
        donor: Any = self._one(self.chance.choice(("telegram", "whatsapp")))
        for _ in range(8):
            if isinstance(donor, dict) and key in donor:
                return donor[key]
            step = self._key(donor) if isinstance(donor, dict | list) else None
            if step is None:
                break
            donor = donor[step]
        return self._strange()
