"""The audit log"""

import sqlalchemy as sa
from alembic import op

revision = '0099'
down_revision = '0098'


def upgrade() -> None:
    """Add the log; it begins empty."""
    kinds = sa.Enum("account", "link", "public", "job", "command", name="ActorKind", native_enum=False, create_constraint=True, length=40)
    verbs = sa.Enum("insert", "update", "delete", "read", "export", "erase", name="LogVerb", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "log_lines",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", kinds, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=80), nullable=False),
        sa.Column("verb", verbs, nullable=False),
        sa.Column("table_name", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("record_ids", sa.Text(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_lines")),
    )
    op.create_index("ix_log_lines_at", "log_lines", ["at"])
    op.create_index("ix_log_lines_table_name_record_id", "log_lines", ["table_name", "record_id"])
    by_account = sa.text("user_id IS NOT NULL")
    op.create_index(
        "ix_log_lines_user_id", "log_lines", ["user_id", "number"], sqlite_where=by_account, postgresql_where=by_account
    )
    op.create_table(
        "log_values",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_values")),
    )
    about = sa.text("person_id IS NOT NULL")
    op.create_index(
        "ix_log_values_person_id", "log_values", ["person_id"], sqlite_where=about, postgresql_where=about
    )


def downgrade() -> None:
    """Remove the log."""
    op.drop_table("log_values")
    op.drop_table("log_lines")
