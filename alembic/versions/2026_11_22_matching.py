"""matching

Who chooses a lead and how often they were reminded, how much a member wants to hear and when, what went by digest,
when work began, and the links by which a client chooses.
"""

import sqlalchemy as sa
from alembic import op

revision = "3b5d20c97e11"
down_revision = "469fac9ac7f7"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("leads") as batch_op:
        batch_op.add_column(sa.Column("chooser", sa.String(), server_default="source", nullable=False))
        batch_op.add_column(sa.Column("mode", sa.String(), server_default="waves", nullable=False))
        batch_op.add_column(sa.Column("reminders", ID, server_default="0", nullable=False))
    with op.batch_alter_table("members") as batch_op:
        batch_op.add_column(sa.Column("volume", sa.String(), server_default="fitting", nullable=False))
        batch_op.add_column(sa.Column("digest_weekday", ID, nullable=True))
        batch_op.add_column(sa.Column("digest_hour", ID, nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(), nullable=True))
    with op.batch_alter_table("offers") as batch_op:
        batch_op.add_column(sa.Column("by_digest", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("introductions") as batch_op:
        batch_op.add_column(sa.Column("started_at", MOMENT, nullable=True))
    op.create_table(
        "choice_links",
        sa.Column("lead_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_choice_links_collective_id")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_choice_links_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_choice_links_token_hash")),
    )
    op.create_index(op.f("ix_choice_links_collective_id"), "choice_links", ["collective_id"])
    op.create_index(op.f("ix_choice_links_lead_id"), "choice_links", ["lead_id"])


def downgrade() -> None:
    op.drop_table("choice_links")
    for table, columns in (
        ("introductions", ("started_at",)),
        ("offers", ("by_digest",)),
        ("members", ("zone", "digest_hour", "digest_weekday", "volume")),
        ("leads", ("reminders", "mode", "chooser")),
    ):
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column)
