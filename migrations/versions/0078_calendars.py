"""Calendars of accounts, and how often the time or status of an action changed"""

import sqlalchemy as sa
from alembic import op

revision = '0078'
down_revision = '0077'


def upgrade() -> None:
    """Add the secret of an account's calendars, and the sequence of actions."""
    with op.batch_alter_table('users') as table:
        table.add_column(sa.Column('calendar_key', sa.String(length=80), nullable=True))
        table.create_unique_constraint(table.f('uq_users_calendar_key'), ['calendar_key'])
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    """Remove them; the addresses of calendars stop working."""
    with op.batch_alter_table('follow_ups') as table:
        table.drop_column('sequence')
    with op.batch_alter_table('users') as table:
        table.drop_constraint(table.f('uq_users_calendar_key'), type_='unique')
        table.drop_column('calendar_key')
