"""Escalations of actions"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0075'
down_revision = '0074'

NEW_KIND = 'escalation'


def upgrade() -> None:
    """Add to whom and when an overdue action is escalated, and allow emails about it."""
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('escalate_to_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('escalate_after_hours', sa.Integer(), nullable=True))
        table.add_column(sa.Column('escalates_at', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True))
        table.create_index(table.f('ix_follow_ups_escalate_to_id'), ['escalate_to_id'])
        table.create_foreign_key(
            table.f('fk_follow_ups_escalate_to_id'), 'users', ['escalate_to_id'], ['id'], ondelete='SET NULL'
        )
        table.create_check_constraint(
            table.f('ck_follow_ups_escalate_after'), 'escalate_after_hours BETWEEN 1 AND 720'
        )
    present = sa.text('escalates_at IS NOT NULL')
    op.create_index(
        'ix_follow_ups_to_escalate', 'follow_ups', ['escalates_at', 'escalate_to_id'],
        postgresql_where=present, sqlite_where=present,
    )
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove them, with their emails."""
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))
    op.drop_index('ix_follow_ups_to_escalate', table_name='follow_ups')
    with op.batch_alter_table('follow_ups') as table:
        table.drop_constraint(table.f('ck_follow_ups_escalate_after'), type_='check')
        table.drop_constraint(table.f('fk_follow_ups_escalate_to_id'), type_='foreignkey')
        table.drop_index(table.f('ix_follow_ups_escalate_to_id'))
        for column in ('escalated_at', 'escalates_at', 'escalate_after_hours', 'escalate_to_id'):
            table.drop_column(column)


def _kinds() -> tuple[str, ...]:
    """Return the kinds of email that the database allows."""
    checks = {one['name']: one['sqltext'] for one in sa.inspect(op.get_bind()).get_check_constraints('deliveries')}
    return tuple(re.findall(r"'(\w+)'", checks['ck_deliveries_DeliveryKind']))


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))
