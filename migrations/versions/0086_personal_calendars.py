"""Calendars of people without an account"""

import sqlalchemy as sa
from alembic import op

revision = '0086'
down_revision = '0085'

TABLES = ('brigade_members', 'follow_ups')


def upgrade() -> None:
    """Number the addresses of their calendars."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column('calendar_number', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    """Remove the numbers."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column('calendar_number')
