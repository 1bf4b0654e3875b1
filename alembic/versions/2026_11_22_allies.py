"""allied collectives, the leads that cross between them, and the letters by which they do

Revision: a111ed260001, after 5ca1e0b7d3f5. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "a111ed260001"
down_revision = "5ca1e0b7d3f5"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_letters_collective_id")),
        sa.ForeignKeyConstraint(["from_id"], ["collectives.id"], name=op.f("fk_letters_from_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_collective_id"), "letters", ["collective_id"])
    op.create_table(
        "allies",
        sa.Column("ally_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["ally_id"], ["collectives.id"], name=op.f("fk_allies_ally_id")),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_allies_collective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allies")),
        sa.UniqueConstraint("collective_id", "ally_id", name="uq_allies_pair"),
    )
    op.create_index(op.f("ix_allies_collective_id"), "allies", ["collective_id"])
    op.create_table(
        "crossings",
        sa.Column("ally_id", ID, nullable=False),
        sa.Column("lead_id", ID, nullable=False),
        sa.Column("theirs", ID, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["ally_id"], ["collectives.id"], name=op.f("fk_crossings_ally_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_crossings_lead_id")),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_crossings_collective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crossings")),
    )
    op.create_index(op.f("ix_crossings_collective_id"), "crossings", ["collective_id"])
    op.create_index(op.f("ix_crossings_lead_id"), "crossings", ["lead_id"])


def downgrade() -> None:
    op.drop_table("crossings")
    op.drop_table("allies")
    op.drop_table("letters")
