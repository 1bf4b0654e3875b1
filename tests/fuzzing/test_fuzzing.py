"""No payload, however strange, keeps anybody else's message from being heard. `make fuzz` brings a million of them."""

import asyncio
from random import Random

import pytest

from nlu import Reader
from tests.fuzzing.door import walk_in
from tests.fuzzing.envelopes import every_kind, read_many
from tests.fuzzing.payloads import Mutator


def test_every_kind_of_payload_is_read() -> None:
    found = every_kind()

    assert found["no envelope"] == found["unreadable"] == 0
    assert found["heard"] > 50
    assert found["receipts"] == 5


def test_an_envelope_is_read_or_said_to_be_unreadable() -> None:
    found = read_many(5000, seed=Random().randrange(10**9))

    assert min(found["heard"], found["says nothing"], found["unreadable"], found["no envelope"]) > 50


def test_the_same_seed_makes_the_same_payloads() -> None:
    one, other = Mutator(7), Mutator(7)

    assert [one.body(one.telegram(n)) for n in range(20)] == [
        other.body(other.telegram(n)) for n in range(20)
    ]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_members_are_heard_whatever_else_comes_in(database_url: str, reader: Reader) -> None:
    found = asyncio.run(walk_in(database_url, reader, 120, seed=Random().randrange(10**9)))

    assert found["handled"] > 60
