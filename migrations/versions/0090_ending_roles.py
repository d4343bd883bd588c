"""Roles that end by themselves"""

import sqlalchemy as sa
from alembic import op

revision = '0090'
down_revision = '0089'


def upgrade() -> None:
    """Add when a role ends."""
    with op.batch_alter_table('grants') as table:
        table.add_column(sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Remove it; a role that is over stays over."""
    op.execute('UPDATE grants SET revoked_at = ends_at WHERE revoked_at IS NULL AND ends_at <= CURRENT_TIMESTAMP')
    with op.batch_alter_table('grants') as table:
        table.drop_column('ends_at')
