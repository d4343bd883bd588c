"""One letter a day for each assignee"""

import sqlalchemy as sa
from alembic import op

revision = '0063'
down_revision = '0062'

_WAITING = "kind IN ('reminder', 'overdue') AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL"


def upgrade() -> None:
    """Add the choices of accounts, and when actions are mentioned next: when their queued emails were due."""
    with op.batch_alter_table('users') as batch_op:
        batch_op.add_column(sa.Column('reminder_hour', sa.Integer(), server_default='8', nullable=False))
        batch_op.add_column(sa.Column('quiet_days', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_users_reminder_hour'), 'reminder_hour BETWEEN 0 AND 23')
    with op.batch_alter_table('follow_ups') as batch_op:
        batch_op.add_column(sa.Column('next_reminder_at', sa.DateTime(timezone=True), nullable=True))
    present = sa.text('next_reminder_at IS NOT NULL')
    op.create_index(
        'ix_follow_ups_to_mention', 'follow_ups', ['next_reminder_at', 'assignee_id'],
        postgresql_where=present, sqlite_where=present,
    )
    first = f'SELECT min(due_at) FROM deliveries WHERE follow_up_id = follow_ups.id AND {_WAITING}'
    op.execute(f'UPDATE follow_ups SET next_reminder_at = ({first})')
    op.execute(f'UPDATE deliveries SET withdrawn_at = due_at WHERE follow_up_id IS NOT NULL AND {_WAITING}')


def downgrade() -> None:
    """Remove them, with daily letters that were not sent."""
    op.execute("DELETE FROM deliveries WHERE kind = 'reminder' AND follow_up_id IS NULL AND sent_at IS NULL")
    op.drop_index('ix_follow_ups_to_mention', table_name='follow_ups')
    with op.batch_alter_table('follow_ups') as batch_op:
        batch_op.drop_column('next_reminder_at')
    with op.batch_alter_table('users') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_users_reminder_hour'), type_='check')
        for column in ('quiet_days', 'reminder_hour'):
            batch_op.drop_column(column)
