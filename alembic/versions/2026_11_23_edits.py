"""edits

Messages go after their term, and each was looked for in all the others, that one of them might edit it: of sixty
thousand the night took forty seconds.
"""

import sqlalchemy as sa
from alembic import op

revision = "c10c4a5ed002"
down_revision = "c10c4a5ed001"
branch_labels = None
depends_on = None

IS_EDIT = sa.text("edits_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_edits", "outbox", ["edits_id"], sqlite_where=IS_EDIT, postgresql_where=IS_EDIT
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_edits", "outbox")
