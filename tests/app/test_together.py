"""Two processes on one database: what both do at the same moment happens once."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

from sqlalchemy import text

from assistant.app import App, Clock
from assistant.messages import Arrived
from db import inbox, open_database, tables
from db.session import transaction
from dialogs import commands as do
from nlu import Context, Meaning
from nlu.meaning import Lead
from tests.app.stage import NOW, Remembering, Stage, incoming, staged

SHARE = do.ShareLead(
    Lead(roles=("projectleider",), place="Utrecht", start=date(2027, 1, 4)), "projectleider", is_new=True
)


class Meeting(Remembering):
    """Waits, while reading, for the other process to read as well; not for ever, since it may have to wait for us."""

    def __init__(self, meanings: Mapping[str, Meaning], both: Barrier) -> None:
        super().__init__(meanings)
        self.both = both

    def read(self, text: str, context: Context) -> Meaning:
        with suppress(BrokenBarrierError):
            self.both.wait(timeout=1)
        return super().read(text, context)


@contextmanager
def another(stage: Stage, reader: Remembering | None = None) -> Iterator[App]:
    """The same database, opened by somebody else."""
    engine = open_database(stage.app.engine.url.render_as_string(hide_password=False))
    try:
        yield App(engine, reader or stage.reader, Clock())
    finally:
        engine.dispose()


def at_once(*calls: Callable[[], None]) -> None:
    """All of these, each in a thread of its own, begun at the same moment."""
    start = Barrier(len(calls))

    def run(call: Callable[[], None]) -> None:
        start.wait()
        call()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(run, calls))


def test_two_choices_at_once_are_one_introduction(database_url: str) -> None:
    both = Barrier(2)
    with staged(database_url) as stage:
        stage.found("Noord", "mieke", "kees", "sanne")
        stage.presses("mieke", stage.button("mieke", SHARE))
        stage.passes(hours=0)
        for who in ("kees", "sanne"):
            stage.presses(who, stage.button(who, do.ShowInterest()))
        with another(stage, Meeting({}, both)) as one, another(stage, Meeting({}, both)) as other:
            at_once(
                lambda: one.hear(incoming("mieke", text="Kies Kees"), NOW),
                lambda: other.hear(incoming("mieke", text="Kies Sanne"), NOW),
            )

        assert len(stage.rows(tables.Introduction)) == 1
        assert stage.states()[-2:] == ["handled", "handled"]


def test_two_yeses_at_once_are_both_heard(stage: Stage) -> None:
    """All yeses count equally: neither is lost, and the source sees both."""
    stage.found("Noord", "mieke", "kees", "sanne")
    stage.presses("mieke", stage.button("mieke", SHARE))
    stage.passes(hours=0)
    tokens = {who: stage.button(who, do.ShowInterest()) for who in ("kees", "sanne")}
    with another(stage) as one, another(stage) as other:
        at_once(
            lambda: one.hear(incoming("kees", kind="press", token=tokens["kees"]), NOW),
            lambda: other.hear(incoming("sanne", kind="press", token=tokens["sanne"]), NOW),
        )

    assert [row.state for row in stage.rows(tables.Offer)] == ["yes", "yes"]
    last = [text for to, text in stage.deliver() if to == "mieke"][-1]
    assert "Kees" in last
    assert "Sanne" in last


def test_a_button_pressed_in_two_processes_works_once(stage: Stage) -> None:
    stage.found("Noord", "mieke", "kees")
    tokens = [stage.button("mieke", SHARE) for _ in range(8)]
    with another(stage) as one, another(stage) as other:
        for token in tokens:
            at_once(
                lambda token=token: one.hear(incoming("mieke", kind="press", token=token), NOW),  # type: ignore[misc]
                lambda token=token: other.hear(incoming("mieke", kind="press", token=token), NOW),  # type: ignore[misc]
            )

    assert len(stage.rows(tables.Lead)) == len(tokens)


def test_two_clocks_ask_nobody_twice(stage: Stage) -> None:
    names = [f"lid{number}" for number in range(20)]
    stage.found(
        "Noord", "mieke", *names, policy={"wave_size": 20, "live_candidates": 20, "pushes_per_week": 99}
    )
    for _ in range(8):
        stage.presses("mieke", stage.button("mieke", SHARE))
    with another(stage) as one, another(stage) as other:
        at_once(lambda: one.tick(NOW), lambda: other.tick(NOW))

    cards = [row for row in stage.rows(tables.Message) if row.cause.startswith("clock:")]
    assert len(cards) == 8 * len(names)


def test_a_chat_is_handled_in_its_order_whichever_process_has_what(database_url: str) -> None:
    """Each process is told of every other event only, the later ones first."""
    handled: list[str] = []

    class Listening(Remembering):
        def read(self, text: str, context: Context) -> Meaning:
            handled.append(text)
            return super().read(text, context)

    with staged(database_url) as stage:
        stage.found("Noord", "mieke", "kees")
        chats = {who: [f"{who} zegt {number}" for number in range(8)] for who in ("mieke", "kees")}
        ids = [
            stage.app.receive(incoming(who, text=texts[number]), NOW)
            for number in range(8)
            for who, texts in chats.items()
        ]
        with another(stage, Listening({})) as one, another(stage, Listening({})) as other:

            def all_of(app: App, events: list[int | None]) -> None:
                for each in reversed(events):
                    app.handle(each or 0, NOW)

            at_once(lambda: all_of(one, ids[0::2]), lambda: all_of(other, ids[1::2]))

        for texts in chats.values():
            assert [text for text in handled if text in texts] == texts
        assert set(stage.states()) == {"handled"}


def test_what_was_fetched_is_kept_while_somebody_looks_at_the_chat(postgresql_url: str) -> None:
    with staged(postgresql_url) as stage, ThreadPoolExecutor(1) as pool:
        kept = stage.app.keep("whatsapp", [Arrived("1", "mieke", {})], NOW)
        with transaction(stage.app.engine) as session:
            inbox.hold(session, kept["1"])
            inbox.oldest(session, [kept["1"]])
            fetched = pool.submit(stage.app.understand, {kept["1"]: incoming("mieke", text="hoi")})
            while not (
                fetched.done() or session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
            ):
                pass
        fetched.result()

        assert stage.states() == ["waiting"]
