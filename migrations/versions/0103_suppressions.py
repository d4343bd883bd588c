"""Addresses that are never written to; ids of subscriptions are not reused in SQLite"""

import sqlalchemy as sa
from alembic import op

revision = '0103'
down_revision = '0102'

TABLES = ('subscriptions', 'subscription_requests', 'address_changes')
"""Tables whose ids are in the links of letters, and are deleted: a link must not open what got the same id later."""


def upgrade() -> None:
    """Add the addresses, of which there are none at first, and let SQLite use no id twice."""
    reasons = sa.Enum('asked', 'erased', name='SuppressionReason', native_enum=False, create_constraint=True, length=40)
    op.create_table(
        'suppressions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=40), nullable=False),
        sa.Column('reason', reasons, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_suppressions')),
        sa.UniqueConstraint('digest', name=op.f('uq_suppressions_digest')),
    )
    _rebuild(sqlite_autoincrement=True)
    if _is_sqlite():
        _skip_confirmed_requests()


def downgrade() -> None:
    """Remove the addresses, which are then written to again; SQLite may use ids again."""
    _rebuild()
    op.drop_table('suppressions')


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _rebuild(**options: bool) -> None:
    for name in TABLES if _is_sqlite() else ():
        with op.batch_alter_table(name, recreate='always', table_kwargs=options):
            pass


def _skip_confirmed_requests() -> None:
    """Let the next request have a higher id than all whose letters are recorded: a letter for the same id would not be queued."""
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'subscription_requests'")
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'subscription_requests', coalesce(max(id), 0) FROM ("
        "SELECT max(id) AS id FROM subscription_requests UNION ALL "
        "SELECT max(CAST(substr(occasion, 9) AS INTEGER)) FROM deliveries WHERE occasion LIKE 'request:%')"
    )
