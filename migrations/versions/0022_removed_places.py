"""Places can be removed and restored"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    """Keep who removed a place and when."""
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_places_removed_by_id'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    """Forget that places were removed; they are offered again."""
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_places_removed_by_id'), type_='foreignkey')
        batch_op.drop_column('removed_by_id')
        batch_op.drop_column('removed_at')
