"""moments

The clock asks every table for what is due, all day: two of them had to be read whole to know.
"""

from alembic import op

revision = "c10c4a5ed001"
down_revision = "a111ed260002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_introductions_ask_at", "introductions", ["ask_at"])
    op.create_index("ix_leads_state_nudge", "leads", ["state", "nudge_at"])


def downgrade() -> None:
    op.drop_index("ix_leads_state_nudge", "leads")
    op.drop_index("ix_introductions_ask_at", "introductions")
