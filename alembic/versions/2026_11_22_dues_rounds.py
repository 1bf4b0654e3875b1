"""dues, totals and the year come round for collectives that exist already, as they do for new ones

Revision: c0ffee260001, after de11fe2a0001. Made 2026-11-22.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260001"
down_revision = "de11fe2a0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The first time soon; from then on the rule says when each comes again.
FIRST_DAYS = {"dues": 30, "totals": 30, "yearly": 60}


def upgrade() -> None:
    rounds = sa.table(
        "rounds",
        sa.column("kind", sa.String()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("collective_id", ID),
    )
    database, now = op.get_bind(), datetime.now(UTC)
    for collective_id in database.execute(sa.text("SELECT id FROM collectives")).scalars().all():
        for kind, days in FIRST_DAYS.items():
            values = {"kind": kind, "at": now + timedelta(days=days), "collective_id": collective_id}
            database.execute(sa.insert(rounds).values(values))


def downgrade() -> None:
    op.execute("DELETE FROM rounds WHERE kind IN ('dues', 'totals', 'yearly')")
