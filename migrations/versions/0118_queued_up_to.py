"""How far a digest is queued"""

import sqlalchemy as sa
from alembic import op

revision = '0118'
down_revision = '0117'


def upgrade() -> None:
    """Add the last subscription for which a digest was queued."""
    with op.batch_alter_table('digests') as batch_op:
        batch_op.add_column(sa.Column('queued_up_to', sa.Integer(), nullable=True))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('digests') as batch_op:
        batch_op.drop_column('queued_up_to')
