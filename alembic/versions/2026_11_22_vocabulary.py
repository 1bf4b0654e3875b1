"""vocabulary

The words a collective has taught, and a count of their changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "7c1f52b0a3d4"
down_revision = "a11ce2026001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("collectives", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "vocabulary_version",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                server_default="0",
                nullable=False,
            )
        )
    op.create_table(
        "vocabulary",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_vocabulary_collective_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_vocabulary_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary")),
        sa.UniqueConstraint("collective_id", "key", name="uq_vocabulary_collective_id_key"),
    )
    with op.batch_alter_table("vocabulary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vocabulary_collective_id"), ["collective_id"], unique=False)


def downgrade() -> None:
    op.drop_table("vocabulary")
    with op.batch_alter_table("collectives", schema=None) as batch_op:
        batch_op.drop_column("vocabulary_version")
