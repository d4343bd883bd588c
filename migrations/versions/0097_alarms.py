"""Alarms, and signs of life of processes on other machines"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0097'
down_revision = '0096'

NEW_KIND = "alarm"
SIGNS = ("database", "letters", "worker", "beat", "backup", "disk", "messages", "proxy")


def upgrade() -> None:
    """Add them, and allow the new kind of email."""
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.Enum(*SIGNS, name="Sign", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("case", sa.String(length=80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("over_at IS NULL")
    op.create_index("ix_alarms_open", "alarms", ["sign"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "pulses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulses")),
        sa.UniqueConstraint("name", name=op.f("uq_pulses_name")),
    )
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove them, and the emails of this kind."""
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))
    op.drop_table("pulses")
    op.drop_table("alarms")


def _kinds() -> tuple[str, ...]:
    """Return the kinds of email that the database allows."""
    checks = {one["name"]: one["sqltext"] for one in sa.inspect(op.get_bind()).get_check_constraints("deliveries")}
    return tuple(re.findall(r"'(\w+)'", checks["ck_deliveries_DeliveryKind"]))


def _allow(kinds: tuple[str, ...]) -> None:
    condition = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_deliveries_DeliveryKind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_deliveries_DeliveryKind"), sa.text(condition))
