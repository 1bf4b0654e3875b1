"""closer index

What a lead compares of a member, their words and when they are busy, is read from an index alone.
"""

from alembic import op

revision = "5ca1e0b7d3f4"
down_revision = "c0ffee260007"
branch_labels = None
depends_on = None

WORDS, TIMES = "ix_member_terms_of_member", "ix_availability_of_member"


def upgrade() -> None:
    op.drop_index(WORDS, "member_terms")
    op.drop_index(TIMES, "availability")
    op.create_index(WORDS, "member_terms", ["collective_id", "member_id", "kind", "term"])
    op.create_index(TIMES, "availability", ["collective_id", "member_id", "status", "start_on", "end_on"])


def downgrade() -> None:
    op.drop_index(TIMES, "availability")
    op.drop_index(WORDS, "member_terms")
    op.create_index(TIMES, "availability", ["collective_id", "member_id"])
    op.create_index(WORDS, "member_terms", ["collective_id", "member_id"])
