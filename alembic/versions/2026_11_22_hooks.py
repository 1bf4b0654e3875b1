"""hooks: what waits in a chat is found at once, however long its history

A chat's messages are handled in their order by any of several processes, and delivered in their order.
"""

import sqlalchemy as sa
from alembic import op

revision = "de11fe2a0002"
down_revision = "c0ffee260001"
branch_labels = None
depends_on = None

UNDONE = sa.text("state IN ('raw', 'waiting')")
OWED = sa.text("state = 'owed'")


def upgrade() -> None:
    op.create_index(
        "ix_inbox_undone",
        "inbox",
        ["channel", "external_id", "id"],
        sqlite_where=UNDONE,
        postgresql_where=UNDONE,
    )
    op.create_index(
        "ix_outbox_owed", "outbox", ["account_id", "id"], sqlite_where=OWED, postgresql_where=OWED
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_owed", "outbox")
    op.drop_index("ix_inbox_undone", "inbox")
