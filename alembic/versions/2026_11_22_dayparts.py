"""The parts of the day in which somebody can work, beside the days of the week.

Revision: d47a9c1e52b8, after 3b5d20c97e11. Made 2026-11-22 01:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "d47a9c1e52b8"
down_revision = "3b5d20c97e11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("availability", sa.Column("dayparts", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("availability", "dayparts")
