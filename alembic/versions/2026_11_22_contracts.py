"""contracts

The address of a client's standard contract, given to both when somebody is chosen for its work.
"""

import sqlalchemy as sa
from alembic import op

revision = "5ca1e0b7d3f5"
down_revision = "c0ffee26000b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pools", sa.Column("contract", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("pools", "contract")
