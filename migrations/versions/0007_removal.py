"""Feeds can be removed and restored"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    """Add who removed a feed and when."""
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_feeds_removed_by_id_users'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    """Delete removed feeds and drop the columns."""
    op.execute("DELETE FROM feeds WHERE removed_at IS NOT NULL")
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_feeds_removed_by_id_users'), type_='foreignkey')
        batch_op.drop_column('removed_by_id')
        batch_op.drop_column('removed_at')
