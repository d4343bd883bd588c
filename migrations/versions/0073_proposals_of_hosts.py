"""Sign-ups to host a mobilization or to join a brigade, which organizers decide about"""

import sqlalchemy as sa
from alembic import op

revision = '0073'
down_revision = '0072'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing', 'mailing_test', 'export',
    'sign_up', 'sign_up_again', 'mention', 'mobilization_changed',
    'brigade_link', 'shift_reminder', 'next_shift', 'new_version',
)
NEW_KINDS = (*OLD_KINDS, 'sign_up_decided')
CHECKS = {
    'hosts_on_a_day': "(day_of_action_id IS NOT NULL) = (kind = 'host')",
    'joins_a_brigade': "(brigade_id IS NOT NULL) = (kind = 'join')",
    'whole_decision': '(decided_at IS NULL) = (decision IS NULL)',
    'decided_after': 'decision IS NULL OR confirmed_at IS NOT NULL',
    'Decision': "decision IN ('accepted', 'declined')",
}
KEYS = {
    'day_of_action_id': ('days_of_action', 'CASCADE'),
    'brigade_id': ('brigades', 'CASCADE'),
    'decided_by_id': ('users', 'SET NULL'),
}
JOINING = sa.text("kind = 'join' AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Add what they are about, what was decided, and what else the public should know about a mobilization."""
    with op.batch_alter_table('mobilizations') as table:
        table.add_column(sa.Column('notes', sa.String(), nullable=True))
    with op.batch_alter_table('sign_ups') as table:
        for column in KEYS:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
        table.add_column(sa.Column('decision', sa.String(length=40), nullable=True))
        table.add_column(sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('decision_reason', sa.String(), nullable=True))
        table.add_column(sa.Column('link_number', sa.Integer(), server_default='0', nullable=False))
        for column, (other, action) in KEYS.items():
            table.create_foreign_key(table.f(f'fk_sign_ups_{column}'), other, [column], ['id'], ondelete=action)
        for name, condition in CHECKS.items():
            table.create_check_constraint(table.f(f'ck_sign_ups_{name}'), sa.text(condition))
    op.create_index(op.f('ix_sign_ups_day_of_action_id'), 'sign_ups', ['day_of_action_id'])
    op.create_index(
        'ix_sign_ups_joining', 'sign_ups', ['brigade_id', 'email'], unique=True, postgresql_where=JOINING,
        sqlite_where=JOINING,
    )
    _allow(NEW_KINDS)


def downgrade() -> None:
    """Remove them, with those who wanted to host or to join."""
    op.execute("DELETE FROM deliveries WHERE kind = 'sign_up_decided'")
    op.execute("DELETE FROM deliveries WHERE sign_up_id IN (SELECT id FROM sign_ups WHERE kind IN ('host', 'join'))")
    op.execute("DELETE FROM sign_ups WHERE kind IN ('host', 'join')")
    _allow(OLD_KINDS)
    op.drop_index('ix_sign_ups_joining', 'sign_ups')
    op.drop_index(op.f('ix_sign_ups_day_of_action_id'), 'sign_ups')
    with op.batch_alter_table('sign_ups') as table:
        for name in CHECKS:
            table.drop_constraint(table.f(f'ck_sign_ups_{name}'), type_='check')
        for column in KEYS:
            table.drop_constraint(table.f(f'fk_sign_ups_{column}'), type_='foreignkey')
        for column in (*KEYS, 'decision', 'decided_at', 'decision_reason', 'link_number'):
            table.drop_column(column)
    with op.batch_alter_table('mobilizations') as table:
        table.drop_column('notes')


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as table:
        table.drop_constraint(table.f('ck_deliveries_DeliveryKind'), type_='check')
        table.create_check_constraint(table.f('ck_deliveries_DeliveryKind'), sa.text(condition))
