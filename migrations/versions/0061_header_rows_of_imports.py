"""Header rows of imports"""

import sqlalchemy as sa
from alembic import op

revision = '0061'
down_revision = '0060'


def upgrade() -> None:
    """Let people choose the row with the names of the columns, in files that are read from now on."""
    with op.batch_alter_table('imports') as table:
        table.add_column(sa.Column('top', sa.JSON(), server_default='[]', nullable=False))
        table.add_column(sa.Column('header_row', sa.Integer(), nullable=True))
    with op.batch_alter_table('imports') as table:
        table.alter_column('top', server_default=None)


def downgrade() -> None:
    """Read all files as they were found."""
    with op.batch_alter_table('imports') as table:
        table.drop_column('header_row')
        table.drop_column('top')
