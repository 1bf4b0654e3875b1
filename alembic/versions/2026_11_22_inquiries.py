"""inquiries of clients at the collective's own door, and who is on duty for them

Revision: c0ffee260007, after 5ec0d10cc0de. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260007"
down_revision = "5ec0d10cc0de"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def owned(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f(f"fk_{table}_collective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "doors",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.UniqueConstraint("code", name=op.f("uq_doors_code")),
        *owned("doors"),
    )
    op.create_table(
        "clients",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        refers("clients", "account_id", "accounts"),
        sa.UniqueConstraint("collective_id", "account_id", name="uq_clients_account"),
        *owned("clients"),
    )
    op.create_index(op.f("ix_clients_account_id"), "clients", ["account_id"])
    op.create_table(
        "inquiries",
        sa.Column("client_id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("taken_by_id", ID, nullable=True),
        sa.Column("lead_id", ID, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        refers("inquiries", "client_id", "clients"),
        refers("inquiries", "taken_by_id", "members"),
        refers("inquiries", "lead_id", "leads"),
        *owned("inquiries"),
    )
    op.create_index(op.f("ix_inquiries_client_id"), "inquiries", ["client_id"])
    op.create_index(op.f("ix_inquiries_lead_id"), "inquiries", ["lead_id"])
    op.create_table(
        "duties",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        refers("duties", "member_id", "members"),
        *owned("duties"),
    )
    op.create_index(op.f("ix_duties_member_id"), "duties", ["member_id"])
    op.create_table(
        "duty_swaps",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        refers("duty_swaps", "member_id", "members"),
        sa.UniqueConstraint("collective_id", "week_on", name="uq_duty_swaps_week"),
        *owned("duty_swaps"),
    )
    op.create_index(op.f("ix_duty_swaps_member_id"), "duty_swaps", ["member_id"])
    for table in ("doors", "clients", "inquiries", "duties", "duty_swaps"):
        op.create_index(op.f(f"ix_{table}_collective_id"), table, ["collective_id"])


def downgrade() -> None:
    for table in ("duty_swaps", "duties", "inquiries", "clients", "doors"):
        op.drop_table(table)
