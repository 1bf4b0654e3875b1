"""evaluations: what each side told when a job was over

Revision: c0ffee260003, after c0ffee260002. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260003"
down_revision = "c0ffee260002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MEMBERS = ("by_id", "member_id")


def upgrade() -> None:
    op.create_table(
        "evaluations",
        sa.Column("deal_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("second", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_evaluations_collective_id")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_evaluations_deal_id")),
        *(
            sa.ForeignKeyConstraint([each], ["members.id"], name=op.f(f"fk_evaluations_{each}"))
            for each in MEMBERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("deal_id", "by_id", name="uq_evaluations_deal_by"),
    )
    op.create_index(op.f("ix_evaluations_member_id"), "evaluations", ["member_id"])
    op.create_index(op.f("ix_evaluations_collective_id"), "evaluations", ["collective_id"])


def downgrade() -> None:
    op.drop_table("evaluations")
