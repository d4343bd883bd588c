"""Undo of changes of many records"""

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0047'


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table('undo_entries') as table:
        table.add_column(sa.Column('of_many', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Remove the column, with what could be undone of many records."""
    op.execute(sa.text('DELETE FROM undo_entries WHERE of_many'))
    with op.batch_alter_table('undo_entries') as table:
        table.drop_column('of_many')
