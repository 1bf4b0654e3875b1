"""postings: the database notes which member changed, for who keeps an index of them

A later migration that copies one of these tables (SQLite's way to alter a table) must make its triggers again:
`tests/app/test_postings.py` would notice.
"""

import sqlalchemy as sa
from alembic import op

revision = "5ca1e0b7d3f3"
down_revision = "c0ffee260005"
branch_labels = None
depends_on = None

MEMBER = {"members": "id", "member_terms": "member_id", "availability": "member_id", "room": "member_id"}
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def sqlite() -> None:
    for table, column in MEMBER.items():
        for event, rows in ROWS.items():
            notes = "".join(
                "INSERT INTO member_changes (collective_id, member_id, token)"
                f" SELECT {row}.collective_id, {row}.{column}, random()"
                f"{' WHERE OLD.' + column + ' <> NEW.' + column if len(rows) > 1 and row == 'OLD' else ''};"
                for row in rows
            )
            op.execute(f"CREATE TRIGGER member_changes_{table}_{event.lower()} AFTER {event} ON {table} BEGIN {notes} END")


def postgresql() -> None:
    note = "INSERT INTO member_changes (collective_id, member_id, token) VALUES ({row}.collective_id, {row}.{column}, (random() * 1e15)::bigint);"
    for column in sorted(set(MEMBER.values())):
        old, new = (note.format(row=row, column=column) for row in ("OLD", "NEW"))
        op.execute(f"""CREATE FUNCTION note_member_change_{column}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' THEN {old} RETURN NULL; END IF;
            IF TG_OP = 'UPDATE' AND OLD.{column} <> NEW.{column} THEN {old} END IF;
            {new} RETURN NULL; END $$""")
    for table, column in MEMBER.items():
        op.execute(
            f"CREATE TRIGGER member_changes_{table} AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION note_member_change_{column}()"
        )


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "member_changes",
        sa.Column("collective_id", number, nullable=False),
        sa.Column("member_id", number, nullable=False),
        sa.Column("token", number, nullable=False),
        sa.Column("id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_member_changes_collective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_changes")),
    )
    op.create_index("ix_member_changes_order", "member_changes", ["collective_id", "id"])
    (sqlite if op.get_bind().dialect.name == "sqlite" else postgresql)()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in MEMBER:
            for event in ROWS:
                op.execute(f"DROP TRIGGER member_changes_{table}_{event.lower()}")
    else:
        for table in MEMBER:
            op.execute(f"DROP TRIGGER member_changes_{table} ON {table}")
        for column in sorted(set(MEMBER.values())):
            op.execute(f"DROP FUNCTION note_member_change_{column}()")
    op.drop_index("ix_member_changes_order", "member_changes")
    op.drop_table("member_changes")
