"""Many payloads through what reads an envelope: what cannot be read is said to be so, and nothing else ever happens."""

import json
from collections import Counter

from assistant.channels import telegram_hook, telegram_updates, whatsapp_updates
from assistant.channels.envelopes import MalformedError
from assistant.channels.porter import Brought
from assistant.messages import Incoming, Unfetched
from tests.channels.fake_whatsapp import PHONE_ID
from tests.fuzzing.payloads import Mutator, request


def read_many(count: int, seed: int) -> Counter[str]:
    """How many of each were heard, said nothing, have to be fetched, or could not be read. Raises any other error."""
    mutator, found = Mutator(seed), Counter[str]()
    for number in range(count):
        if number % 2:
            _look(found, "telegram", mutator.body(mutator.telegram(number)))
        else:
            _look(found, "whatsapp", mutator.body(mutator.whatsapp(number)))
    return found


def _look(found: Counter[str], platform: str, body: bytes) -> None:
    try:
        brought = _brought(platform, body)
    except MalformedError:
        found["no envelope"] += 1
        return
    for event in brought.events:
        json.dumps(event.content, allow_nan=False).encode()  # as a database keeps it
        event.account.encode()
        event.event_id.encode()
        try:
            reading = telegram_updates.read if platform == "telegram" else whatsapp_updates.read
            heard = reading(event.content)
        except MalformedError:
            found["unreadable"] += 1
            continue
        found[{Incoming: "heard", Unfetched: "to be fetched", type(None): "says nothing"}[type(heard)]] += 1
    found["receipts"] += len(brought.receipts)


def _brought(platform: str, body: bytes) -> Brought:
    return (
        telegram_hook.update_in(body) if platform == "telegram" else whatsapp_updates.brought(body, PHONE_ID)
    )


def every_kind() -> Counter[str]:
    """The payloads as they are, unchanged."""
    mutator, found = Mutator(0), Counter[str]()
    for number, update in enumerate(mutator.kinds.telegram):
        _look(found, "telegram", json.dumps({"update_id": number} | update).encode())
    for change in mutator.kinds.whatsapp:
        _look(found, "whatsapp", json.dumps(request(change)).encode())
    return found
