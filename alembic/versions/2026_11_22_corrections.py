"""corrections

Messages that were read wrongly, of members who agreed to their being kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "5e0b7d41c9a6"
down_revision = "5ca1e0b7d3f2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shares_corrections", sa.Boolean(), nullable=True))
    op.create_table(
        "corrections",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("collective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_corrections_collective_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_corrections_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_collective_id"), ["collective_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_corrections_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("corrections")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_column("shares_corrections")
