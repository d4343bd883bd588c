"""Links in the daily letters of accounts, which their owner can end"""

import sqlalchemy as sa
from alembic import op

revision = '0071'
down_revision = '0070'


def upgrade() -> None:
    """Add the number of an account's links."""
    with op.batch_alter_table('users') as table:
        table.add_column(sa.Column('link_number', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    """Remove it; links that were ended are refused by older versions, which know none of them."""
    with op.batch_alter_table('users') as table:
        table.drop_column('link_number')
