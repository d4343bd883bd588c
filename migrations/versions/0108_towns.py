"""How many people live in a town, and which edition of the built-in data is loaded"""

import sqlalchemy as sa
from alembic import op

revision = '0108'
down_revision = '0107'


def upgrade() -> None:
    """Add the columns. The next start loads the built-in data again, because no edition is recorded."""
    op.add_column('places', sa.Column('population', sa.Integer(), nullable=True))
    op.add_column('network_editions', sa.Column('gazetteer', sa.String(length=80), nullable=True))


def downgrade() -> None:
    """Remove them; the towns stay."""
    op.drop_column('network_editions', 'gazetteer')
    op.drop_column('places', 'population')
