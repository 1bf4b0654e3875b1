"""words index

A lead finds members by their words: one index holds the whole question, and the one on the collective alone, which
PostgreSQL would rather use before it has statistics, goes.
"""

from alembic import op

revision = "5ca1e0b7d3f2"
down_revision = "d47a9c1e52b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_member_terms_words", "member_terms", ["collective_id", "kind", "term", "member_id"])
    op.drop_index("ix_member_terms_kind_term", "member_terms")
    op.drop_index("ix_member_terms_collective_id", "member_terms")


def downgrade() -> None:
    op.create_index("ix_member_terms_collective_id", "member_terms", ["collective_id"])
    op.create_index("ix_member_terms_kind_term", "member_terms", ["collective_id", "kind", "term"])
    op.drop_index("ix_member_terms_words", "member_terms")
