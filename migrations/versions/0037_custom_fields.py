"""Fields of the house's own, and their values"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'

KINDS = ('text', 'choice', 'date', 'number', 'yes_no', 'assessment')
KEYS = {'field_id': 'custom_fields', 'person_id': 'people', 'organization_id': 'organizations'}


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        'custom_fields',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('record_kind', sa.Enum('person', 'organization', name='RecordKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('kind', sa.Enum(*KINDS, name='FieldKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ('names', 'helps', 'reasons', 'options')),
        sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_custom_fields')),
    )
    op.create_table(
        'custom_values',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('field_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('organization_id', sa.Integer(), nullable=True),
        sa.Column('text', sa.String(), nullable=True),
        sa.Column('words', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
        sa.Column('number', sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column('day', sa.Date(), nullable=True),
        sa.CheckConstraint('(person_id IS NULL) <> (organization_id IS NULL)', name=op.f('ck_custom_values_one_record')),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_custom_values_{column}'), ondelete='CASCADE')
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_custom_values')),
        sa.UniqueConstraint('field_id', 'person_id', name=op.f('uq_custom_values_field_id_person_id')),
        sa.UniqueConstraint('field_id', 'organization_id', name=op.f('uq_custom_values_field_id_organization_id')),
    )
    for columns in (['person_id'], ['organization_id'], ['field_id', 'words'], ['field_id', 'number'], ['field_id', 'day']):
        op.create_index(op.f(f'ix_custom_values_{"_".join(columns)}'), 'custom_values', columns)


def downgrade() -> None:
    """Remove them."""
    op.drop_table('custom_values')
    op.drop_table('custom_fields')
