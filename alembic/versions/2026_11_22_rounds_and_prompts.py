"""rounds and prompts: what the clock asks of itself, and the room members say they have

Revision: a11ce2026001, after 1e469d8a7a31. Made 2026-11-22.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "a11ce2026001"
down_revision = "1e469d8a7a31"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Collectives that exist already begin as new ones do; from then on the rule says when each comes again.
FIRST_DAYS = {"room": 14, "spotting": 30, "fairness": 90}


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_rounds_collective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("collective_id", "kind", name="uq_rounds_kind"),
    )
    op.create_index(op.f("ix_rounds_at"), "rounds", ["at"])
    op.create_index(op.f("ix_rounds_collective_id"), "rounds", ["collective_id"])
    op.create_table(
        "prompts",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_prompts_collective_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_prompts_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompts")),
        sa.UniqueConstraint("member_id", "kind", "subject_id", name="uq_prompts_member_kind_subject"),
    )
    op.create_index(op.f("ix_prompts_at"), "prompts", ["at"])
    op.create_index(op.f("ix_prompts_collective_id"), "prompts", ["collective_id"])
    op.create_table(
        "room",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("unanswered", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["collective_id"], ["collectives.id"], name=op.f("fk_room_collective_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_room_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("member_id", name=op.f("uq_room_member_id")),
    )
    op.create_index(op.f("ix_room_ends_at"), "room", ["ends_at"])
    op.create_index(op.f("ix_room_collective_id"), "room", ["collective_id"])
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.add_column(sa.Column("lead_id", ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_invitations_lead_id"), "leads", ["lead_id"], ["id"])
    _begin()


def _begin() -> None:
    database = op.get_bind()
    rounds = sa.table(
        "rounds", sa.column("kind", sa.String()), sa.column("at", MOMENT), sa.column("collective_id", ID)
    )
    now = datetime.now(UTC)
    for collective_id in database.execute(sa.text("SELECT id FROM collectives")).scalars().all():
        for kind, days in FIRST_DAYS.items():
            values = {"kind": kind, "at": now + timedelta(days=days), "collective_id": collective_id}
            database.execute(sa.insert(rounds).values(values))


def downgrade() -> None:
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.drop_constraint(op.f("fk_invitations_lead_id"), type_="foreignkey")
        batch_op.drop_column("lead_id")
    for table in ("room", "prompts", "rounds"):
        op.drop_table(table)
