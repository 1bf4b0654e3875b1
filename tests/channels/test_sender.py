"""The sender: order per account, nobody waits for another, nothing is forgotten or sent twice by itself."""

import asyncio
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels import patience, sender
from assistant.channels.sender import LONGEST_PAUSE_S, STRIKES, Bucket, Setbacks, drain
from assistant.channels.service import serve
from assistant.errors import UnreachableError
from assistant.messages import Capabilities, Card, Delivery, Gone, Outcome, Refused, Retry, Sent, Terms
from tests.channels.stage import until
from tests.channels.standin import RememberingApp


class Notebook:
    """A channel that writes down what it delivers; `answers` come first, per account."""

    name = "notebook"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.answers: dict[str, list[Outcome | Exception]] = defaultdict(list)
        self.gates: dict[str, asyncio.Event] = {}

    async def deliver(self, delivery: Delivery) -> Outcome:
        if delivery.account in self.gates:
            await self.gates[delivery.account].wait()
        if self.answers[delivery.account]:
            answer = self.answers[delivery.account].pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        self.pages[delivery.account].append(delivery.card.text)
        return Sent(str(delivery.message_id))


def owing(**texts: str) -> RememberingApp:
    """An app that owes each account one message per letter."""
    app = RememberingApp()
    for account, letters in texts.items():
        for letter in letters:
            app.owe(account, letter, channel="notebook")
    return app


def test_drain_delivers_all_in_order_and_counts() -> None:
    app, channel = owing(anna="abc", bram="xy"), Notebook()

    assert asyncio.run(drain(app, [channel], app.clock.now)) == 5
    assert channel.pages == {"anna": ["a", "b", "c"], "bram": ["x", "y"]}


def test_drain_leaves_alone_what_belongs_to_other_channels() -> None:
    app = owing(anna="a")
    app.owe("anna", "elders", channel="telegram")

    assert asyncio.run(drain(app, [Notebook()], app.clock.now)) == 1
    assert [row.state for row in app.outbox] == ["sent", "owed"]


@pytest.mark.parametrize(
    ("answers", "read", "sent"),
    [
        ([Retry(60)], [], 0),  # not due yet: the next one of this account waits behind it
        ([Refused("never")], ["b"], 1),
        ([ValueError("a broken channel")], [], 0),
    ],
)
def test_what_a_bad_answer_does_to_one_account(
    answers: list[Outcome | Exception], read: list[str], sent: int
) -> None:
    app, channel = owing(anna="ab", bram="x"), Notebook()
    channel.answers["anna"] = answers

    assert asyncio.run(drain(app, [channel], app.clock.now)) == sent + 1
    assert channel.pages["anna"] == read
    assert channel.pages["bram"] == ["x"]


def test_a_slow_account_keeps_nobody_waiting() -> None:
    async def story() -> None:
        app, channel = owing(anna="ab", bram="xyz"), Notebook()
        channel.gates["anna"] = asyncio.Event()
        draining = asyncio.create_task(drain(app, [channel], app.clock.now))
        await until(lambda: channel.pages["bram"] == ["x", "y", "z"])
        assert channel.pages["anna"] == []
        channel.gates["anna"].set()
        assert await draining == 5

    asyncio.run(story())


class SlowToAnswer(RememberingApp):
    """Its second answer about what is owed is already out of date when it arrives."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile
        self.asked = 0
        self.recorded = threading.Event()

    def owed(self, channel: str, now: datetime, terms: Terms | None = None) -> list[Delivery]:
        found = super().owed(channel, now, terms)
        self.asked += 1
        if self.asked == 2:
            self.meanwhile()
            assert self.recorded.wait(5)
            time.sleep(0.05)  # the loop sees the end of that delivery before it sees this answer
        return found

    def delivered(self, message_id: int, outcome: Outcome, now: datetime) -> None:
        super().delivered(message_id, outcome, now)
        if self.outbox[message_id].delivery.account == "anna":
            self.recorded.set()


def test_a_message_that_ends_while_we_ask_is_not_sent_again() -> None:
    async def story() -> None:
        loop, channel = asyncio.get_running_loop(), Notebook()
        channel.gates["anna"] = asyncio.Event()
        app = SlowToAnswer(lambda: loop.call_soon_threadsafe(channel.gates["anna"].set))
        for account, text in (("anna", "a"), ("bram", "x"), ("anna", "b")):
            app.owe(account, text, channel="notebook")

        assert await drain(app, [channel], app.clock.now) == 3
        assert channel.pages == {"anna": ["a", "b"], "bram": ["x"]}

    asyncio.run(story())


def test_what_a_platform_took_is_recorded_however_long_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "AGAIN_S", 0.01)
    app, channel = owing(anna="a"), Notebook()
    app.faults = [("delivered", UnreachableError())] * 3

    assert asyncio.run(drain(app, [channel], app.clock.now)) == 1
    assert channel.pages["anna"] == ["a"]
    assert app.outbox[0].state == "sent"


def test_drain_says_that_the_database_is_away() -> None:
    app = owing(anna="a")
    app.faults = [("owed", UnreachableError())]

    with pytest.raises(UnreachableError):
        asyncio.run(drain(app, [Notebook()], app.clock.now))


def test_the_service_ticks_when_a_job_is_due_and_outlives_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((patience, "AGAIN_S"), (sender, "LOOK_AGAIN_S")):
        monkeypatch.setattr(module, name, 0.01)

    async def story() -> None:
        app, channel, stop = owing(anna="a"), Notebook(), asyncio.Event()
        app.faults = [("owed", UnreachableError()), ("tick", UnreachableError())]
        app.due = app.clock.now() - timedelta(seconds=1)
        service = asyncio.create_task(serve(app, [channel], stop))
        await until(lambda: app.ticks and channel.pages["anna"] == ["a"])
        stop.set()
        await service
        assert len(app.ticks) == 1
        assert app.faults == []

    asyncio.run(story())


@pytest.mark.parametrize("call", ["catch_up", "tick"])
def test_the_service_goes_on_after_a_bug(call: str) -> None:
    async def story() -> None:
        app, channel, stop = owing(anna="a"), Notebook(), asyncio.Event()
        app.faults = [(call, ValueError("a bug"))]
        app.due = app.clock.now()
        service = asyncio.create_task(serve(app, [channel], stop))
        await until(lambda: channel.pages["anna"] == ["a"] and not app.faults)
        stop.set()
        await service

    asyncio.run(story())


@given(
    st.floats(0.5, 40),
    st.integers(1, 5),
    st.lists(st.floats(0, 3), min_size=2, max_size=60),
)
def test_a_bucket_never_lets_more_through_than_its_rate(rate: float, burst: int, pauses: list[float]) -> None:
    bucket, at = Bucket(rate, burst), 100.0
    moments: list[float] = []
    for pause in pauses:
        at = max(
            at + pause, moments[-1] if moments else 0
        )  # as the sender does: one waits its turn before the next
        moments.append(at + bucket.book(at))

    for first in range(len(moments)):
        for last in range(first, len(moments)):
            assert last - first + 1 <= burst + rate * (moments[last] - moments[first]) + 1e-6


def test_a_bucket_lets_a_first_few_through_at_once() -> None:
    bucket = Bucket(rate=1, burst=3)

    assert [bucket.book(10) for _ in range(5)] == [0, 0, 0, 1, 2]


def tried(attempts: int, message_id: int = 1) -> Delivery:
    return Delivery(message_id, "anna", Card("x"), attempts=attempts)


def test_a_pause_grows_up_to_a_minute_and_is_never_the_same_for_all() -> None:
    setbacks = Setbacks(random.Random(1))
    pauses = [setbacks.judged("x", tried(n, n), Retry(fault="BadGateway")) for n in range(400)]

    for n, pause in enumerate(pauses):
        assert isinstance(pause, Retry)
        full = min(LONGEST_PAUSE_S, 2**n)
        assert full / 2 <= (pause.after_s or 0) <= full
    assert len(set(pauses)) == len(pauses)
    assert setbacks.judged("x", tried(0), Retry(17)) == Retry(17)  # what the platform names is what we do


@pytest.mark.parametrize("kind", ["BadGateway", "TimeoutError"])
def test_a_message_that_alone_keeps_failing_is_set_aside_with_its_reason(kind: str) -> None:
    setbacks = Setbacks(random.Random(1))
    outcomes = []
    for n in range(STRIKES):
        assert setbacks.judged("x", tried(0, 100 + n), Sent("1")) == Sent("1")
        outcomes.append(setbacks.judged("x", tried(n), Retry(fault=kind)))

    assert all(isinstance(outcome, Retry) for outcome in outcomes[:-1])
    assert outcomes[-1] == Refused(f"{kind}, {STRIKES} times while others went through")


def test_an_outage_sets_nothing_aside() -> None:
    """A day of one try a minute; what other channels deliver meanwhile says nothing of this one."""
    setbacks = Setbacks(random.Random(1))
    for n in range(1440):
        setbacks.judged("other", tried(0, 9), Sent("1"))
        assert isinstance(setbacks.judged("x", tried(n), Retry(fault="NetworkError")), Retry)


@pytest.mark.parametrize("end", [Sent("1"), Gone("blocked"), Refused("never")])
def test_what_ended_is_forgotten(end: Outcome) -> None:
    setbacks = Setbacks(random.Random(1))
    for n in range(3 * STRIKES):
        setbacks.judged("x", tried(0, 100 + n), Sent("1"))
        outcome = Retry(fault="BadGateway") if n % (STRIKES - 1) else end
        assert not isinstance(setbacks.judged("x", tried(n), outcome), Refused) or outcome == end


def test_a_backlog_goes_out_in_the_order_of_each_chat() -> None:
    letters = "abcdefghij"
    app, channel = owing(**{f"lid{n}": letters for n in range(20)}), Notebook()

    assert asyncio.run(drain(app, [channel], app.clock.now)) == 200
    assert all("".join(page) == letters for page in channel.pages.values())
