"""Statements can be closed, and removed"""

import sqlalchemy as sa
from alembic import op

revision = '0079'
down_revision = '0078'


def upgrade() -> None:
    """Add since when a statement takes no more signatures, and whether it was removed."""
    with op.batch_alter_table('statements') as table:
        table.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f('fk_statements_removed_by_id'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL'
        )


def downgrade() -> None:
    """Remove them; removed statements are deleted."""
    op.execute('DELETE FROM statements WHERE removed_at IS NOT NULL')
    with op.batch_alter_table('statements') as table:
        table.drop_constraint(table.f('fk_statements_removed_by_id'), type_='foreignkey')
        table.drop_column('removed_by_id')
        table.drop_column('removed_at')
        table.drop_column('closed_at')
