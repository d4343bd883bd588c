"""Until when actions have waited for others"""

import sqlalchemy as sa
from alembic import op

revision = '0084'
down_revision = '0083'


def upgrade() -> None:
    """Add when an action was known last to wait for another one."""
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('waited_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('follow_ups') as table:
        table.drop_column('waited_until')
