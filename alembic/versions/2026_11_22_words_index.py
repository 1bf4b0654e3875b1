"""words index

A lead finds members by their words: one index holds the whole question. The indexes on the collective alone go: without
statistics both databases would rather use these, and read everybody.
"""

from alembic import op

revision = "5ca1e0b7d3f2"
down_revision = "d47a9c1e52b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_member_terms_words", "member_terms", ["collective_id", "kind", "term", "member_id"])
    op.create_index("ix_member_terms_of_member", "member_terms", ["collective_id", "member_id"])
    op.create_index("ix_availability_of_member", "availability", ["collective_id", "member_id"])
    op.drop_index("ix_availability_collective_id", "availability")
    op.drop_index("ix_member_terms_kind_term", "member_terms")
    op.drop_index("ix_member_terms_collective_id", "member_terms")


def downgrade() -> None:
    op.create_index("ix_availability_collective_id", "availability", ["collective_id"])
    op.create_index("ix_member_terms_collective_id", "member_terms", ["collective_id"])
    op.create_index("ix_member_terms_kind_term", "member_terms", ["collective_id", "kind", "term"])
    op.drop_index("ix_availability_of_member", "availability")
    op.drop_index("ix_member_terms_of_member", "member_terms")
    op.drop_index("ix_member_terms_words", "member_terms")
