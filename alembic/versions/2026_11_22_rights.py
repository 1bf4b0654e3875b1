"""rights: who looked at what, when somebody who left is erased, and every night what was kept long enough goes

What was heard before and is handled holds no words any more, except on the page, where our database is the chat.
"""

import sqlalchemy as sa
from alembic import op

revision = "0f60d7a1e5b2"
down_revision = "de11fe2a0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erase_at", MOMENT, nullable=True))
    op.create_table(
        "lookups",
        sa.Column("by_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_lookups_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_lookups_member_id")),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_lookups_collective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
    )
    op.create_index("ix_lookups_member_id", "lookups", ["member_id"])
    op.create_index("ix_lookups_collective_id", "lookups", ["collective_id"])
    op.execute(
        "INSERT INTO rounds (kind, at, collective_id) SELECT 'retention', CURRENT_TIMESTAMP, id FROM collectives"
    )
    op.execute("UPDATE members SET erase_at = CURRENT_TIMESTAMP WHERE state = 'left'")
    op.execute("UPDATE inbox SET payload = '{}' WHERE state = 'handled' AND channel <> 'web'")


def downgrade() -> None:
    op.execute("DELETE FROM rounds WHERE kind = 'retention'")
    op.drop_index("ix_lookups_collective_id", "lookups")
    op.drop_index("ix_lookups_member_id", "lookups")
    op.drop_table("lookups")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_column("erase_at")
