"""Every record with a page has a history: entries may belong to a campaign, a person, or to nothing"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'

OWNERS = {'campaign_id': 'campaigns', 'person_id': 'people'}


def upgrade() -> None:
    """Let entries belong to a campaign or a person, or to neither of them nor a congress."""
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.alter_column('congress_id', existing_type=sa.Integer(), nullable=True)
        for column, table in OWNERS.items():
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f'fk_audit_entries_{column}'), table, [column], ['id'], ondelete='CASCADE'
            )
            batch_op.create_index(batch_op.f(f'ix_audit_entries_{column}'), [column], unique=False)


def downgrade() -> None:
    """Keep only the entries of congresses, also in the stored changes that can be undone."""
    connection = op.get_bind()
    undo = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    for entry in connection.execute(sa.select(undo)).all():
        changes = [_without_owners(change) for change in entry.changes if _is_of_before(change)]
        if changes != entry.changes:
            connection.execute(undo.update().where(undo.c.id == entry.id).values(changes=changes))
    op.execute('DELETE FROM audit_entries WHERE congress_id IS NULL')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        for column in reversed(OWNERS):
            batch_op.drop_index(batch_op.f(f'ix_audit_entries_{column}'))
            batch_op.drop_constraint(batch_op.f(f'fk_audit_entries_{column}'), type_='foreignkey')
            batch_op.drop_column(column)
        batch_op.alter_column('congress_id', existing_type=sa.Integer(), nullable=False)


def _is_of_before(change: dict[str, Any]) -> bool:
    """Return whether a stored change concerns a row that there was before: not an entry without a congress."""
    if change['table'] != 'audit_entries' or change['do'] == 'update':
        return True
    return any(change[side].get('congress_id') is not None for side in ('before', 'after'))


def _without_owners(change: dict[str, Any]) -> dict[str, Any]:
    if change['table'] != 'audit_entries':
        return change
    sides = {side: {name: value for name, value in change[side].items() if name not in OWNERS} for side in ('before', 'after')}
    return change | sides
