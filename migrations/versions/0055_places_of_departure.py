"""Places of departure"""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'


def upgrade() -> None:
    """Add the place from which a delegation travels."""
    with op.batch_alter_table('delegations') as table:
        table.add_column(sa.Column('origin_id', sa.Integer(), nullable=True))
        table.create_foreign_key(table.f('fk_delegations_origin_id'), 'places', ['origin_id'], ['id'], ondelete='RESTRICT')
        table.create_index(table.f('ix_delegations_origin_id'), ['origin_id'])


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('delegations') as table:
        table.drop_index(table.f('ix_delegations_origin_id'))
        table.drop_constraint(table.f('fk_delegations_origin_id'), type_='foreignkey')
        table.drop_column('origin_id')
