"""what gives a member energy, in their own words, and whether who chooses may see it

Revision: a111ed260002, after a111ed260001. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "a111ed260002"
down_revision = "a111ed260001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("drive", sa.String(), nullable=True))
    op.add_column(
        "members", sa.Column("shows_drive", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("members", "shows_drive")
    op.drop_column("members", "drive")
