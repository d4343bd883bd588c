"""Organizations have other names, contact details and a town"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'

NAMES = ('former', 'translated', 'script', 'known_as')
TYPES = ('address', 'phone', 'email', 'website', 'other')


def upgrade() -> None:
    """Add the column and the tables."""
    with op.batch_alter_table('organizations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('locality', sa.String(length=200), nullable=True))
    _create(
        'organization_names',
        sa.Column('kind', sa.Enum(*NAMES, name='OrganizationNameKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
    )
    _create(
        'organization_contacts',
        sa.Column('type', sa.Enum(*TYPES, name='OrganizationContactType', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('value', sa.String(length=200), nullable=False),
        sa.Column('note', sa.String(length=200), nullable=True),
        sa.Column('valid_from', sa.Date(), nullable=True),
        sa.Column('valid_until', sa.Date(), nullable=True),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table('organization_contacts')
    op.drop_table('organization_names')
    with op.batch_alter_table('organizations', schema=None) as batch_op:
        batch_op.drop_column('locality')


def _create(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        *columns,
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(
            ['organization_id'], ['organizations.id'], name=op.f(f'fk_{name}_organization_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
    )
    op.create_index(op.f(f'ix_{name}_organization_id'), name, ['organization_id'])
