"""How long each kind of data is kept, the sweeps of each night, and what is left of the address of a sign-up"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"

KINDS = (
    "nationalities", "passport_names", "answer_notes", "help_notes", "booking_references", "contact_details", "own_fields",
    "people", "interaction_notes", "action_notes", "attachments", "attendances", "mobilization_contacts", "signatures",
    "endorsements", "brigade_requests", "ended_subscriptions", "unconfirmed_subscriptions", "subscriptions",
    "address_changes", "deliveries", "mailbox_letters", "import_samples", "log_values",
)  # fmt: skip
REACHABLE = "email IS NOT NULL OR phone IS NOT NULL OR withdrawn_at IS NOT NULL"
KEPT = sa.text("owner_digest IS NOT NULL")


def upgrade() -> None:
    """Add periods and sweeps; addresses of sign-ups that count can be deleted."""
    op.create_table(
        "retention_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="RetentionKind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("earlier_days", sa.Integer(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 36500", name=op.f("ck_retention_periods_days")),
        sa.CheckConstraint("earlier_days BETWEEN 1 AND 36500", name=op.f("ck_retention_periods_earlier_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_periods")),
        sa.UniqueConstraint("kind", name=op.f("uq_retention_periods_kind")),
    )
    op.create_table(
        "retention_rounds",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_retention_rounds")),
    )
    with op.batch_alter_table("sign_ups") as table:
        table.add_column(sa.Column("owner_digest", sa.String(length=40), nullable=True))
        table.drop_constraint(table.f("ck_sign_ups_reachable"), type_="check")
        table.create_check_constraint(
            table.f("ck_sign_ups_reachable"), sa.text(f"{REACHABLE} OR owner_digest IS NOT NULL")
        )
    op.create_index(
        "ix_sign_ups_owner_digest", "sign_ups", ["version_id", "owner_digest"],
        sqlite_where=KEPT, postgresql_where=KEPT,
    )  # fmt: skip


def downgrade() -> None:
    """Remove them; sign-ups whose address was deleted count as withdrawn then, because nobody could be told from another."""
    op.drop_index("ix_sign_ups_owner_digest", "sign_ups")
    op.execute(f"UPDATE sign_ups SET withdrawn_at = confirmed_at WHERE NOT ({REACHABLE})")
    with op.batch_alter_table("sign_ups") as table:
        table.drop_constraint(table.f("ck_sign_ups_reachable"), type_="check")
        table.create_check_constraint(table.f("ck_sign_ups_reachable"), sa.text(REACHABLE))
        table.drop_column("owner_digest")
    op.drop_table("retention_rounds")
    op.drop_table("retention_periods")
