"""teams: who leads the work of a lead with several roles, and the leads below it found quickly

Revision: c0ffee260005, after de11fe2a0004. Made 2026-11-22.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0ffee260005"
down_revision = "de11fe2a0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("leads") as batch_op:
        batch_op.add_column(sa.Column("contractor_id", ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_leads_contractor_id"), "members", ["contractor_id"], ["id"])
        batch_op.create_index(op.f("ix_leads_parent_id"), ["parent_id"])


def downgrade() -> None:
    with op.batch_alter_table("leads") as batch_op:
        batch_op.drop_index(op.f("ix_leads_parent_id"))
        batch_op.drop_constraint(op.f("fk_leads_contractor_id"), type_="foreignkey")
        batch_op.drop_column("contractor_id")
