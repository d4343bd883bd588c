"""Informed entities that are joined"""

import sqlalchemy as sa
from alembic import op

revision = '0110'
down_revision = '0109'


def upgrade() -> None:
    """Add the number of their group; all entities stand alone at first."""
    with op.batch_alter_table('informed_entities') as batch_op:
        batch_op.add_column(sa.Column('group_number', sa.Integer(), nullable=True))


def downgrade() -> None:
    """Remove it. Joined entities would each close more than they did, so a group keeps none but its problem's warning."""
    op.execute(
        "UPDATE route_problems SET effect = 'other_effect' WHERE effect = 'no_service' AND id IN "
        '(SELECT problem_id FROM informed_entities WHERE group_number IS NOT NULL)'
    )
    with op.batch_alter_table('informed_entities') as batch_op:
        batch_op.drop_column('group_number')
