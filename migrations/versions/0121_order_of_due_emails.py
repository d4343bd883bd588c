"""The index of what is due has the whole order"""

import sqlalchemy as sa
from alembic import op

revision = '0121'
down_revision = '0120'

_UNSENT = sa.text('sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL')


def upgrade() -> None:
    """Add the id, so that PostgreSQL need not sort the emails that are due at the same instant."""
    _index('priority', 'due_at', 'id')


def downgrade() -> None:
    """Remove it."""
    _index('priority', 'due_at')


def _index(*columns: str) -> None:
    op.drop_index('ix_deliveries_waiting', 'deliveries')
    op.create_index(
        'ix_deliveries_waiting', 'deliveries', list(columns), sqlite_where=_UNSENT, postgresql_where=_UNSENT
    )
