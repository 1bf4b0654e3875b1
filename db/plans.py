"""A connection to PostgreSQL that remembers how to answer what it is asked all day."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import Any

import psycopg
from psycopg import abc, adapt
from psycopg._preparing import PrepareManager
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

SEEN_BEFORE = 1  # time: what is asked once more is asked all day
KEPT = 500  # plans: of all that a process asks, with room for more
ANSWERED = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


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
    """Plans outlive a rollback, and `ask` is a short way to what psycopg's cursors do."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._prepared = _Kept()
        self._plans: OrderedDict[tuple[str, tuple[int, ...]], bytes | None] = OrderedDict()
        self._numbers = count(1)

    def ask(self, sql: str, parameters: Sequence[Any]) -> tuple[list[tuple[Any, ...]], list[int]]:
        """The rows of the answer, and the types of its columns. `sql` has $1, $2, ... for the parameters.

        What a cursor of psycopg does, without what makes it fit for everything: a small question takes half the time.
        Raises psycopg's errors.
        """
        server, values = self.pgconn, self._values
        if server.transaction_status == TransactionStatus.IDLE:  # as psycopg does, at the first statement
            self._checked(server.exec_(b"BEGIN"))
        sent: Any = values.dump_sequence(parameters, [adapt.PyFormat.AUTO] * len(parameters))
        types = values.types or ()
        plan = self._plan(sql, types)
        if plan is None:
            answer = server.exec_params(sql.encode(), sent, types, values.formats)
        else:
            answer = server.exec_prepared(plan, sent, values.formats)
        self._checked(answer)
        values.set_pgresult(answer)
        return values.load_rows(0, answer.ntuples, tuple), [
            answer.ftype(each) for each in range(answer.nfields)
        ]

    def commit(self) -> None:
        """End the transaction. As psycopg does, without asking around first: nobody else is on this connection."""
        if self.pgconn.transaction_status == TransactionStatus.INTRANS:
            self._checked(self.pgconn.exec_(b"COMMIT"))
        else:
            super().commit()

    def rollback(self) -> None:
        """As psycopg does; nothing where there is no transaction, as whenever a connection goes back to the pool."""
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
            name = f"plan_{next(self._numbers)}".encode()
            self._checked(self.pgconn.prepare(name, sql.encode(), types))
            self._plans[key] = name
        return name

    def _forget_oldest(self) -> None:
        _key, name = self._plans.popitem(last=False)
        if name is not None:
            self._checked(self.pgconn.exec_(b"DEALLOCATE " + name))

    def _checked(self, answer: PGresult) -> None:
        if answer.status in ANSWERED:
            return
        if answer.error_field(psycopg.pq.DiagnosticField.SQLSTATE) is None:
            # the server's own errors have a number; this one is of the line, and the work may be done again
            raise psycopg.OperationalError("the connection was lost")
        raise psycopg.errors.error_from_result(answer, encoding=self.info.encoding)
