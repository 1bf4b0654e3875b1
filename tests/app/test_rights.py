"""Each command tried as each role: what is not in the table of rights for a role is refused, and the rest is open to all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from sqlalchemy import select

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import AskVouch, CoordinatorOnly, Notice, TreasurerOnly
from assistant.perform import perform
from assistant.rules.rights import HELD_BY, RIGHTS, Right
from db import collectives
from db.accounts import Account
from db.changes import Change
from db.members import Member
from db.session import in_collective
from dialogs import Conversation
from dialogs import commands as do
from dialogs.commands import ALL, Command
from tests.app.stage import NOW, Stage, staged

ROLES = {"anna": "coordinator", "bram": "treasurer", "carla": "intake", "dirk": "member"}
EVERT = 5  # has no role, and is nobody of these
NOT_YOURS = (CoordinatorOnly, TreasurerOnly, AskVouch)

# A command that needs a right is a line here; what is not here is open to every member.
NEEDS: dict[Command, Right] = {
    do.SetPolicy("answer_hours", "3"): "settings",
    do.SetPolicy("credit_percent", "10"): "credit_settings",
    do.GiveRole("intake", "Evert"): "roles",
    do.EndRole("intake", "Evert"): "roles",
    do.ListDues(): "money",
    do.MarkDues("Evert"): "money",
    do.ConfirmDues(1, received=True): "money",
    do.ListOpen(): "money",
    do.PayOut("Evert"): "money",
    do.RecordPayment(1000, name="Evert", to="Fien"): "money",
    do.ShowOverview(): "money",
    do.PreviewYear(): "money",
    do.CloseYear(2025): "money",
    do.SettleCoins(1, granted=True): "coins",
    do.ShowFairness(): "reports",
    do.ShowMissing(): "reports",
    do.ShowEvaluations("Evert"): "evaluations",
    do.TakeOver(1): "choose",
    do.MakePool("Zon", "Philips"): "pools",
    do.JoinPool("Evert", "Zon"): "pools",
    do.RemovePool("Zon"): "pools",
    do.RenamePool("Zon", "Maan"): "pools",
    do.SetPoolRate("Zon", 9500): "pools",
    do.SetPoolContract("Zon", "https://zon.nl/contract"): "pools",
    do.ProposeAlly("Het Dok"): "allies",
    do.AnswerAlly(1, yes=True): "allies",
    do.EndAlly("Het Dok"): "allies",
    do.SetDoor("renew"): "door",
    do.SetDuty(("Evert",)): "duty",
    do.Invite("Kim"): "invite",
    do.CheckTitle(EVERT, "notaris", found=True): "titles",
}
ELSEWHERE = {
    "claims",
    "members",
    "words",
}  # rights that open more of a command that all may give: tests of their own below


@pytest.fixture(scope="module")
def stage(sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Nothing that is tried here stays."""
    path = tmp_path_factory.mktemp("rights") / "seintje.db"
    path.write_bytes(sqlite_template.read_bytes())
    with staged(f"sqlite:///{path}") as made:
        made.found("De Kade", "anna", "bram", "carla", "dirk", "evert", "fien")
        with in_collective(made.app.engine, 1) as session:
            session.get_one(Member, 2).is_treasurer = True
            session.get_one(Member, 3).is_intake = True
        yield made


@contextmanager
def at_work(stage: Stage) -> Iterator[Desk]:
    """A desk in the collective; nothing done at it stays."""
    with in_collective(stage.app.engine, 1) as session:
        yield Desk(session, collectives.hold(session, 1), NOW)
        session.rollback()


def asks(desk: Desk, who: int, command: Command) -> list[Notice] | RefusedError:
    """What this member is told."""
    member, account = desk.session.get_one(Member, who), desk.session.get_one(Account, who)
    try:
        return perform(desk, member, account, command, Conversation())
    except RefusedError as refusal:
        return refusal


def names(told: list[Notice] | RefusedError) -> list[str]:
    notices = [told.notice] if isinstance(told, RefusedError) else told
    return [type(each).__name__ for each in notices]


def is_refused(told: list[Notice] | RefusedError) -> bool:
    return isinstance(told, RefusedError) and isinstance(told.notice, NOT_YOURS)


@pytest.mark.parametrize(("command", "right"), NEEDS.items(), ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("who", [1, 2, 3, 4], ids=list(ROLES))
def test_each_command_as_each_role(stage: Stage, who: int, command: Command, right: Right) -> None:
    role = list(ROLES.values())[who - 1]

    with at_work(stage) as desk:
        assert is_refused(asks(desk, who, command)) == (role not in HELD_BY[right])


@pytest.mark.parametrize("kind", [each for each in ALL if each not in set(map(type, NEEDS))])
def test_what_needs_no_right_is_open_to_every_member(stage: Stage, kind: type[Command]) -> None:
    told: list[Notice] | RefusedError = []
    with at_work(stage) as desk, suppress(Exception):  # made-up ids lead nowhere, which is no refusal
        told = asks(desk, 4, made(kind))

    assert not is_refused(told)


def test_every_right_is_tried() -> None:
    assert {*NEEDS.values()} | ELSEWHERE == set(RIGHTS)


def made(kind: type[Command]) -> Command:
    """Any command of this kind."""
    hints = get_type_hints(kind)
    return kind(
        **{each.name: some(hints[each.name]) for each in msgspec.structs.fields(kind) if each.required}
    )


def some(hint: Any) -> Any:  # a line a type
    """Any value of this type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return inner[0]
    if origin in (Union, UnionType):
        return None if type(None) in inner else some(inner[0])
    if origin is tuple:
        return ()
    if is_dataclass(hint) and isinstance(hint, type):
        names = [each.name for each in fields(hint) if each.default is each.default_factory]
        hints = get_type_hints(hint)
        return hint(**{name: some(hints[name]) for name in names})
    plain: dict[Any, Any] = {int: 1, str: "Evert", bool: True, float: 1.0, date: NOW.date(), datetime: NOW}
    return plain[hint] if hint in plain else hint()


# --- roles themselves


def test_the_last_coordinator_stays(stage: Stage) -> None:
    with at_work(stage) as desk:
        assert names(asks(desk, 1, do.EndRole("coordinator", "Anna"))) == ["LastOfRole"]


def test_of_two_coordinators_either_may_go_and_cannot_take_that_back(stage: Stage) -> None:
    with at_work(stage) as desk:
        asks(desk, 1, do.GiveRole("coordinator", "Dirk"))
        assert names(asks(desk, 1, do.EndRole("coordinator"))) == ["RoleSet", "RoleSet"]
        for change in changes_of(desk):
            assert names(asks(desk, 1, do.Undo(change.id))) in (["CoordinatorOnly"], ["NothingToUndo"])
        assert not desk.session.get_one(Member, 1).is_coordinator


def test_every_change_of_a_role_is_kept(stage: Stage) -> None:
    with at_work(stage) as desk:
        asks(desk, 1, do.GiveRole("treasurer", "Dirk"))
        asks(desk, 1, do.EndRole("treasurer", "Bram"))
        assert [(each.member_id, each.before) for each in changes_of(desk)] == [
            (1, {"role": "treasurer", "member_id": 4, "had": False}),
            (1, {"role": "treasurer", "member_id": 2, "had": True}),
        ]


def test_when_nobody_keeps_the_money_the_coordinators_do(stage: Stage) -> None:
    with at_work(stage) as desk:
        assert names(asks(desk, 1, do.ListOpen())) == ["TreasurerOnly"]
        asks(desk, 2, do.EndRole("treasurer"))
        assert names(asks(desk, 1, do.ListOpen())) == ["OpenListed"]


def changes_of(desk: Desk) -> list[Change]:
    found = desk.session.scalars(select(Change).where(Change.what == "role").order_by(Change.id))
    return list(found)
