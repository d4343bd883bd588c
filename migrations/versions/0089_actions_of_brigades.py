"""Brigades as assignees of actions, and the emails about it"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0089'
down_revision = '0088'

NEW_KIND = 'brigade_action'
ADDED = {
    'follow_ups': ('assignee_brigade_id', 'from_brigade_id'),
    'follow_up_series': ('assignee_brigade_id',),
}
KINDS_OF_ASSIGNEE = ('assignee_id', 'assignee_person_id', 'assignee_brigade_id')
ONE_ASSIGNEE = ' + '.join(f'CASE WHEN {one} IS NULL THEN 0 ELSE 1 END' for one in KINDS_OF_ASSIGNEE) + ' <= 1'
TAKEN_OR_NOT = 'assignee_brigade_id IS NULL OR from_brigade_id IS NULL'
ONE_ASSIGNEE_BEFORE = 'assignee_id IS NULL OR assignee_person_id IS NULL'


def upgrade() -> None:
    """Add the columns, and allow one assignee of three kinds."""
    for name, columns in ADDED.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.add_column(sa.Column(column, sa.Integer(), nullable=True))
                table.create_foreign_key(
                    table.f(f'fk_{name}_{column}'), 'brigades', [column], ['id'], ondelete='SET NULL'
                )
                table.create_index(table.f(f'ix_{name}_{column}'), [column])
            if name == 'follow_ups':
                table.drop_constraint(table.f('ck_follow_ups_one_assignee'), type_='check')
                table.create_check_constraint(table.f('ck_follow_ups_one_assignee'), sa.text(ONE_ASSIGNEE))
                table.create_check_constraint(table.f('ck_follow_ups_taken_or_not'), sa.text(TAKEN_OR_NOT))
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove them: actions that brigades have go to the accounts that created them, and changes of actions can no longer be undone."""
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))
    op.execute("DELETE FROM undo_entries WHERE CAST(changes AS TEXT) LIKE '%_brigade_id%'")
    op.execute(
        'UPDATE follow_ups SET assignee_id = created_by_id, assignee_brigade_id = NULL '
        'WHERE assignee_brigade_id IS NOT NULL'
    )
    for name, columns in ADDED.items():
        with op.batch_alter_table(name) as table:
            if name == 'follow_ups':
                table.drop_constraint(table.f('ck_follow_ups_taken_or_not'), type_='check')
                table.drop_constraint(table.f('ck_follow_ups_one_assignee'), type_='check')
                table.create_check_constraint(table.f('ck_follow_ups_one_assignee'), sa.text(ONE_ASSIGNEE_BEFORE))
            for column in columns:
                table.drop_index(table.f(f'ix_{name}_{column}'))
                table.drop_constraint(table.f(f'fk_{name}_{column}'), type_='foreignkey')
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
