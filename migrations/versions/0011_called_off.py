"""Problems can be called off"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    """Add who called off a problem and when."""
    with op.batch_alter_table('route_problems', schema=None) as batch_op:
        batch_op.add_column(sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('called_off_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_route_problems_called_off_by_id_users'), 'users', ['called_off_by_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    """Keep problems that were called off, with their check-ins, as problems without an effect, which affect nobody."""
    op.execute("UPDATE route_problems SET effect = 'no_effect' WHERE called_off_at IS NOT NULL")
    with op.batch_alter_table('route_problems', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_route_problems_called_off_by_id_users'), type_='foreignkey')
        batch_op.drop_column('called_off_by_id')
        batch_op.drop_column('called_off_at')
