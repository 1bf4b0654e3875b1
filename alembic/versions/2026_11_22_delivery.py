"""delivery: which process is bringing a message, and how fast all of them together may go on a channel

Several processes may send for one bot: each takes messages for a while, and they share one token bucket.
"""

import sqlalchemy as sa
from alembic import op

revision = "de11fe2a0001"
down_revision = "5e0b7d41c9a6"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_until", MOMENT, nullable=True))
    op.create_table(
        "paces",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("booked_until", MOMENT, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paces")),
        sa.UniqueConstraint("channel", name=op.f("uq_paces_channel")),
    )


def downgrade() -> None:
    op.drop_table("paces")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("claimed_until")
