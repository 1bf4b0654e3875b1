"""Pools of a client."""

from typing import Literal

from dialogs.commands.base import Command


class MakePool(Command, frozen=True):
    """A pool of members for one client (mission row B4)."""

    pool: str
    client: str


class JoinPool(Command, frozen=True):
    """Put somebody in a pool, or take them `out`."""

    name: str
    pool: str
    out: bool = False


class RemovePool(Command, frozen=True):
    """A pool is over; nobody is in it any more. `sure` once that was asked."""

    pool: str
    sure: bool = False


class RenamePool(Command, frozen=True):
    """A pool gets another name."""

    pool: str
    name: str


class SetPoolRate(Command, frozen=True):
    """The rate a client set for its pool (mission row B8), whole cents; `by_client` once that was said to be so."""

    pool: str
    cents: int | None
    unit: Literal["hour", "day"] = "hour"
    by_client: bool = False


class SetPoolContract(Command, frozen=True):
    """Where a client's standard contract is to be read (mission row B10); empty takes it away."""

    pool: str
    link: str


class ShowPools(Command, frozen=True):
    """Which pools am I in, and at which rate of the client's?"""
