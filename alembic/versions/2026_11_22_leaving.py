"""members: when somebody left, and why in their own words

Revision: c0ffee260002, after de11fe2a0002. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260002"
down_revision = "de11fe2a0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("members") as batch_op:
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_why", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("members") as batch_op:
        batch_op.drop_column("left_why")
        batch_op.drop_column("left_at")
