"""linking: one person on several channels and in several collectives

A code of a quarter of an hour joins an account to a person; what somebody says of when they are free in one collective
is on its way to their others.
"""

import sqlalchemy as sa
from alembic import op

revision = "de11fe2a0004"
down_revision = "c0ffee260004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preferred_at", MOMENT, nullable=True))
    op.create_table(
        "links",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_links_account_id")),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_links_collective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_links_code_hash")),
    )
    op.create_index(op.f("ix_links_account_id"), "links", ["account_id"])
    op.create_table(
        "agendas",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_agendas_collective_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_agendas_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas")),
        sa.UniqueConstraint("person_id", "collective_id", name="uq_agendas_person_collective"),
    )
    op.create_index(op.f("ix_agendas_collective_id"), "agendas", ["collective_id"])


def downgrade() -> None:
    op.drop_table("agendas")
    op.drop_table("links")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("preferred_at")
