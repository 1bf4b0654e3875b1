"""second lock: PostgreSQL itself keeps collectives apart

The policies are put on every table after each migration, by alembic/env.py: this one makes that happen where there is nothing else to do.
"""

revision = "5ec0d10cc0de"
down_revision = "de11fe2a0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
