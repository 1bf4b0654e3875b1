"""pools of a client, who is in them, and the rate that the client set

Revision: c0ffee260004, after 0f60d7a1e5b2. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260004"
down_revision = "0f60d7a1e5b2"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pools",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("rate_cents", ID, nullable=True),
        sa.Column("rate_unit", sa.String(), nullable=True),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_pools_collective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pools")),
        sa.UniqueConstraint("collective_id", "name", name="uq_pools_name"),
    )
    op.create_index(op.f("ix_pools_collective_id"), "pools", ["collective_id"])
    op.create_table(
        "pool_members",
        sa.Column("pool_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_pool_members_collective_id")
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pools.id"], name=op.f("fk_pool_members_pool_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_pool_members_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_members")),
        sa.UniqueConstraint("pool_id", "member_id", name="uq_pool_members_pool_member"),
    )
    op.create_index(op.f("ix_pool_members_member_id"), "pool_members", ["member_id"])
    op.create_index(op.f("ix_pool_members_collective_id"), "pool_members", ["collective_id"])


def downgrade() -> None:
    op.drop_table("pool_members")
    op.drop_table("pools")
