"""whatsapp: when somebody last wrote, what became of a message, and who wants to be written to first

WhatsApp lets us answer freely for a day after somebody wrote; after that only a knock it approved, to who wants that.
"""

import sqlalchemy as sa
from alembic import op

revision = "de11fe2a0003"
down_revision = "c0ffee260003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard_at", MOMENT, nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("knocks", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("receipt", sa.String(), nullable=True))
    op.create_table(
        "opt_ins",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_opt_ins_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_ins")),
    )
    op.create_index(op.f("ix_opt_ins_account_id"), "opt_ins", ["account_id"])


def downgrade() -> None:
    op.drop_table("opt_ins")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("receipt")
        batch_op.drop_column("knocks")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("heard_at")
