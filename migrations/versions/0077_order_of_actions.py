"""Actions that are parts of others or wait for others, who completed them, and more subjects"""

import sqlalchemy as sa
from alembic import op

revision = '0077'
down_revision = '0076'

REFERENCES = (
    ('parent_id', 'follow_ups', True), ('after_id', 'follow_ups', True), ('resolution_id', 'resolutions', True),
    ('mobilization_id', 'mobilizations', True), ('completed_by_id', 'users', False),
)


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table('follow_ups') as table:
        for column, other, is_indexed in REFERENCES:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
            table.create_foreign_key(table.f(f'fk_follow_ups_{column}'), other, [column], ['id'], ondelete='SET NULL')
            if is_indexed:
                table.create_index(table.f(f'ix_follow_ups_{column}'), [column])


def downgrade() -> None:
    """Remove the columns; the actions stay."""
    with op.batch_alter_table('follow_ups') as table:
        for column, _other, is_indexed in reversed(REFERENCES):
            if is_indexed:
                table.drop_index(table.f(f'ix_follow_ups_{column}'))
            table.drop_constraint(table.f(f'fk_follow_ups_{column}'), type_='foreignkey')
            table.drop_column(column)
