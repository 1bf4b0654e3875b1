"""leads: whether a client came to the collective itself

Revision: c0ffee260006, after 5ca1e0b7d3f3. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260006"
down_revision = "5ca1e0b7d3f3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("leads") as batch_op:
        batch_op.add_column(
            sa.Column("for_collective", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("leads") as batch_op:
        batch_op.alter_column("for_collective", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("leads") as batch_op:
        batch_op.drop_column("for_collective")
