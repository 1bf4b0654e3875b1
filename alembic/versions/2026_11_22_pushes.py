"""pushes: the same work is told once to who is in several collectives"""

import sqlalchemy as sa
from alembic import op

revision = "de11fe2a0005"
down_revision = "c0ffee260006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pushes",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("print", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_pushes_collective_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_pushes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
    )
    op.create_index(op.f("ix_pushes_person_id"), "pushes", ["person_id"])


def downgrade() -> None:
    op.drop_table("pushes")
