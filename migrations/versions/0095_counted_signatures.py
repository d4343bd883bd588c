"""Signatures are counted in their index alone, which needs their campaign: the scope asks for it."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"

COUNTED = ["version_id", "mandate", "confirmed_at", "id", "withdrawn_at"]
WITHDRAWN = ["version_id", "mandate", "withdrawn_at"]
ONLY_WITHDRAWN = sa.text("withdrawn_at IS NOT NULL")


def upgrade() -> None:
    """Add the campaign to both indexes."""
    _index(["campaign_id"])


def downgrade() -> None:
    """Remove it from them."""
    _index([])


def _index(more: list[str]) -> None:
    for name in ("ix_sign_ups_signatures", "ix_sign_ups_withdrawals"):
        op.drop_index(name, "sign_ups")
    op.create_index("ix_sign_ups_signatures", "sign_ups", [*COUNTED, *more])
    op.create_index(
        "ix_sign_ups_withdrawals", "sign_ups", [*WITHDRAWN, *more],
        sqlite_where=ONLY_WITHDRAWN, postgresql_where=ONLY_WITHDRAWN,
    )  # fmt: skip
