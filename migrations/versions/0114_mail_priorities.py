"""Priorities of emails, and relays that take none"""

import sqlalchemy as sa
from alembic import op

revision = '0114'
down_revision = '0113'

_FIRST = (
    'invitation', 'confirmation', 'travel_link', 'help_call', 'member_link', 'address_change', 'address_changed', 'digest_test',
    'mailing_test', 'account_changed', 'brigade_link', 'sign_up', 'alarm', 'check_in',
)  # fmt: skip
_UNSENT = sa.text('sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL')


def upgrade() -> None:
    """Add the priority of each email, by its kind, and order what waits by it."""
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_index('ix_deliveries_waiting')
        batch_op.add_column(sa.Column('priority', sa.SmallInteger(), nullable=False, server_default='1'))
    first = ', '.join(f"'{kind}'" for kind in _FIRST)
    op.execute(f'UPDATE deliveries SET priority = 0 WHERE kind IN ({first})')
    op.execute("UPDATE deliveries SET priority = 2 WHERE kind IN ('digest', 'mailing')")
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.alter_column('priority', existing_type=sa.SmallInteger(), server_default=None)
        batch_op.create_index(
            'ix_deliveries_waiting', ['priority', 'due_at'], postgresql_where=_UNSENT, sqlite_where=_UNSENT
        )
    op.create_table(
        'relay_troubles',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('relay', sa.String(length=200), nullable=False),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_relay_troubles')),
        sa.UniqueConstraint('relay', name=op.f('uq_relay_troubles_relay')),
    )


def downgrade() -> None:
    """Remove both."""
    op.drop_table('relay_troubles')
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_index('ix_deliveries_waiting')
        batch_op.drop_column('priority')
        batch_op.create_index('ix_deliveries_waiting', ['due_at'], postgresql_where=_UNSENT, sqlite_where=_UNSENT)
