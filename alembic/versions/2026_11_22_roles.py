"""members: who does the intake

Revision: c0ffee26000b, after 5ca1e0b7d3f4. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee26000b"
down_revision = "5ca1e0b7d3f4"
branch_labels = None
depends_on = None


def upgrade() -> None:  # no batch: that would make the table anew, without its triggers
    op.add_column("members", sa.Column("is_intake", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("members", "is_intake")
