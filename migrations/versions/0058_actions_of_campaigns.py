"""Actions of campaigns and of the house, about more subjects, and for people without an account"""

import sqlalchemy as sa
from alembic import op

revision = '0058'
down_revision = '0057'

ADDED = (
    ('campaign_id', 'campaigns', 'CASCADE'), ('leg_id', 'legs', 'SET NULL'), ('organization_id', 'organizations', 'SET NULL'),
    ('article_id', 'articles', 'SET NULL'), ('assignee_person_id', 'people', 'SET NULL'),
)
CHECKS = {
    'one_place': 'campaign_id IS NULL OR congress_id IS NULL',
    'one_assignee': 'assignee_id IS NULL OR assignee_person_id IS NULL',
}


def upgrade() -> None:
    """Add the columns, and let actions have no congress and no account as assignee."""
    with op.batch_alter_table('follow_ups') as table:
        for column, other, ondelete in ADDED:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
            name = table.f(f'fk_follow_ups_{column}')
            table.create_foreign_key(name, other, [column], ['id'], ondelete=ondelete)
            table.create_index(table.f(f'ix_follow_ups_{column}'), [column])
        for column in ('congress_id', 'assignee_id'):
            table.alter_column(column, existing_type=sa.Integer(), nullable=True)
        for name, condition in CHECKS.items():
            table.create_check_constraint(table.f(f'ck_follow_ups_{name}'), sa.text(condition))


def downgrade() -> None:
    """Delete the actions that have no congress or no account as assignee, what can be undone about actions, and the columns."""
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'follow_ups.%'")
    gone = 'SELECT id FROM follow_ups WHERE congress_id IS NULL OR assignee_id IS NULL'
    op.execute(f'DELETE FROM deliveries WHERE follow_up_id IN ({gone})')
    op.execute(f'DELETE FROM announced_follow_ups WHERE follow_up_id IN ({gone})')
    op.execute('DELETE FROM follow_ups WHERE congress_id IS NULL OR assignee_id IS NULL')
    with op.batch_alter_table('follow_ups') as table:
        for name in CHECKS:
            table.drop_constraint(table.f(f'ck_follow_ups_{name}'), type_='check')
        for column in ('congress_id', 'assignee_id'):
            table.alter_column(column, existing_type=sa.Integer(), nullable=False)
        for column, _other, _ondelete in ADDED:
            table.drop_index(table.f(f'ix_follow_ups_{column}'))
            table.drop_constraint(table.f(f'fk_follow_ups_{column}'), type_='foreignkey')
            table.drop_column(column)
