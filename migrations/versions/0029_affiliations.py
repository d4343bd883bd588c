"""Organizations belong to others"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'affiliations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('member', 'section', 'coalition', 'observer', name='AffiliationKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('start_date', sa.Date(), nullable=True),
        sa.Column('end_date', sa.Date(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(
            ['organization_id'], ['organizations.id'], name=op.f('fk_affiliations_organization_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['parent_id'], ['organizations.id'], name=op.f('fk_affiliations_parent_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_affiliations')),
    )
    for column in ('organization_id', 'parent_id'):
        op.create_index(op.f(f'ix_affiliations_{column}'), 'affiliations', [column])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table('affiliations')
