"""A connection to PostgreSQL that remembers how to answer what it is asked all day, and waits only where it must."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import count
from typing import Any

import psycopg
from psycopg import abc, adapt, generators, waiting
from psycopg._preparing import PrepareManager
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from sqlalchemy.orm.exc import StaleDataError

SEEN_BEFORE = 1  # time: what is asked once more is asked all day
KEPT = 500  # plans: of all that a process asks, with room for more
ANSWERED = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
A_SECOND = 1.0  # so long is waited before looking whether somebody wants us to stop


class _Kept(PrepareManager):
    """psycopg's own plans, of what its cursors are asked.

    It forgets them all, and has the server forget ours too, at every rollback, as that might undo the making of a
    table. Only migrations make any, so nothing is undone that a plan needs; and one turn in seven is refused.
    """

    prepared_max = KEPT

    def clear(self) -> bool:
        """Nothing is forgotten."""
        return False


class PlannedConnection(psycopg.Connection[Any]):
    """Plans outlive a rollback, and `ask` and `tell` are a short way to what psycopg's cursors do.

    What is told waits here, in the pipeline of the connection, and travels with the next question or with the end of
    the transaction: each way to the server and back that is saved is a tenth of a small question's time (measured).
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._prepared = _Kept()
        self._plans: OrderedDict[tuple[str, tuple[int, ...]], bytes | None] = OrderedDict()
        self._numbers = count(1)
        self._told: list[str | None] = []  # of each thing told: the row that it has to find, if it has to

    def ask(self, sql: str, parameters: Sequence[Any]) -> tuple[list[tuple[Any, ...]], list[int]]:
        """The rows of the answer, and the types of its columns. `sql` has $1, $2, ... for the parameters.

        What a cursor of psycopg does, without what makes it fit for everything: a small question takes half the time.
        Raises psycopg's errors, and what `tell` says of what was told before.
        """
        server, values = self.pgconn, self._values
        plan, sent, formats = self._planned(sql, parameters)
        if plan is None:
            answer = self._asked_once(sql, sent, formats)
        elif self._told:
            server.send_query_prepared(plan, sent, formats)
            answer = self._hear()[-1]
            self._checked(answer)
        else:
            answer = server.exec_prepared(plan, sent, formats)
            self._checked(answer)
        values.set_pgresult(answer)
        return values.load_rows(0, answer.ntuples, tuple), [
            answer.ftype(each) for each in range(answer.nfields)
        ]

    def ask_each(
        self, sql: str, parameters: Sequence[Sequence[Any]]
    ) -> tuple[list[list[tuple[Any, ...]]], list[int]]:
        """As `ask`, with each of these parameters, all on the way at once: the rows of each answer."""
        server, values = self.pgconn, self._values
        planned = [
            (plan, sent, formats)
            for plan, sent, formats in (self._planned(sql, each) for each in parameters)
            if plan is not None
        ]
        if len(planned) < len(parameters):  # what is asked for the first time is waited for
            asked = [self.ask(sql, each) for each in parameters]
            return [rows for rows, _types in asked], asked[-1][1]
        if not self._told:
            server.enter_pipeline_mode()
        for plan, sent, formats in planned:
            server.send_query_prepared(plan, sent, formats)
        self._told += [None] * len(planned)
        answers = self._hear()[-len(planned) :]
        found: list[list[tuple[Any, ...]]] = []
        for each in answers:
            values.set_pgresult(each)
            found.append(values.load_rows(0, each.ntuples, tuple))
        return found, [answers[0].ftype(each) for each in range(answers[0].nfields)]

    def tell(self, sql: str, parameters: Sequence[Any], finds: str | None = None) -> None:
        """Have something done, in its turn, without waiting for it. What `ask` is given next comes after it.

        With `finds` it answers with a row: StaleDataError, naming this, if it has none. That, and psycopg's errors, are
        raised by the next question or by the end of the transaction, which then does not take place.
        """
        plan, sent, formats = self._planned(sql, parameters)
        if plan is None:
            _found(self._asked_once(sql, sent, formats), finds)
            return
        if not self._told:
            self.pgconn.enter_pipeline_mode()
        self.pgconn.send_query_prepared(plan, sent, formats)
        self._told.append(finds)

    def _planned(self, sql: str, parameters: Sequence[Any]) -> tuple[bytes | None, Any, Any]:
        """The plan for a statement, if it has one, and its parameters as they are sent; a transaction has begun."""
        if self.pgconn.transaction_status == TransactionStatus.IDLE and sql != "BEGIN":  # as psycopg does
            self.tell("BEGIN", ())
        values = self._values
        sent = values.dump_sequence(parameters, [adapt.PyFormat.AUTO] * len(parameters))
        return self._plan(sql, values.types or ()), sent, values.formats

    def _asked_once(self, sql: str, sent: Any, formats: Any) -> PGresult:
        """What has no plan is not told ahead: it is waited for, after all that was."""
        self._hear()
        answer = self.pgconn.exec_params(sql.encode(), sent, self._values.types or (), formats)
        self._checked(answer)
        return answer

    def _hear(self) -> list[PGresult]:
        """The answers to all that was told, after them that to what was asked behind it. Raises what `tell` says."""
        if not self._told:
            return []
        told, self._told = self._told, []
        answers = self._answers()
        for each in answers:
            self._checked(each)
        for each, finds in zip(answers, told, strict=False):
            _found(each, finds)
        return answers

    def _answers(self) -> list[PGresult]:
        server, answers = self.pgconn, []
        server.pipeline_sync()
        while (answer := self._next()) is None or answer.status != ExecStatus.PIPELINE_SYNC:
            if answer is not None:
                answers.append(answer)
            elif server.status != ConnStatus.OK:
                raise psycopg.OperationalError("the connection was lost")
        server.exit_pipeline_mode()
        return answers

    def _next(self) -> PGresult | None:
        """None after the answer to each command."""
        answer: PGresult | None = waiting.wait(generators.fetch(self.pgconn), self.pgconn.socket, A_SECOND)
        return answer

    def wait(self, *arguments: Any, **options: Any) -> Any:
        """What psycopg itself asks comes after what was told."""
        self._hear()
        return super().wait(*arguments, **options)

    def commit(self) -> None:
        """End the transaction. As psycopg does, without asking around first: nobody else is on this connection."""
        if any(self._told):  # a row that is gone is to be known before the end, not after it
            self._hear()
        if self._told:
            self.tell("COMMIT", ())
            self._hear()
        elif self.pgconn.transaction_status == TransactionStatus.INTRANS:
            self._checked(self.pgconn.exec_(b"COMMIT"))
        else:
            super().commit()

    def rollback(self) -> None:
        """As psycopg does; nothing where there is no transaction, as whenever a connection goes back to the pool.

        What was told is undone with the rest, whether it went well or not.
        """
        with suppress(psycopg.Error, StaleDataError):
            self._hear()
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            super().rollback()

    @cached_property
    def _values(self) -> abc.Transformer:
        """How values are sent and read."""
        return adapt.Transformer.from_context(self)

    def _plan(self, sql: str, types: tuple[int, ...]) -> bytes | None:
        """The name of the plan for this question; None when it is asked for the first time, perhaps the last."""
        key = (sql, types)
        if key not in self._plans:
            self._plans[key] = None
            if len(self._plans) > KEPT:
                self._forget_oldest()
            return None
        self._plans.move_to_end(key)
        name = self._plans[key]
        if name is None:
            self._hear()
            name = f"plan_{next(self._numbers)}".encode()
            self._checked(self.pgconn.prepare(name, sql.encode(), types))
            self._plans[key] = name
        return name

    def _forget_oldest(self) -> None:
        _key, name = self._plans.popitem(last=False)
        if name is not None:
            self._hear()
            self._checked(self.pgconn.exec_(b"DEALLOCATE " + name))

    def _checked(self, answer: PGresult) -> None:
        if answer.status in ANSWERED:
            return
        if answer.error_field(psycopg.pq.DiagnosticField.SQLSTATE) is None:
            # the server's own errors have a number; this one is of the line, and the work may be done again
            raise psycopg.OperationalError("the connection was lost")
        raise psycopg.errors.error_from_result(answer, encoding=self.info.encoding)


def _found(answer: PGresult, finds: str | None) -> None:
    if finds is not None and not answer.ntuples:
        raise StaleDataError(f"{finds} is gone")
