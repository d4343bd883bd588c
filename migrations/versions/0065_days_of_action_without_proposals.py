"""Days of action without proposals"""

import sqlalchemy as sa
from alembic import op

revision = '0065'
down_revision = '0064'


def upgrade() -> None:
    """Remove the last day for proposals, which nobody can send."""
    with op.batch_alter_table('days_of_action') as table:
        table.drop_column('hosts_until')


def downgrade() -> None:
    """Add it again, empty."""
    with op.batch_alter_table('days_of_action') as table:
        table.add_column(sa.Column('hosts_until', sa.Date(), nullable=True))
