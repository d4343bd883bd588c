"""People have other names and dated, annotated contact details and memberships"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'

TYPES = ('email', 'phone', 'signal', 'other')
NEW_TYPES = ('whatsapp', 'through')


def upgrade() -> None:
    """Add the columns and the table."""
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('family_name_first', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('contact_details', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('valid_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
    _allow(*TYPES, *NEW_TYPES)
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_behalf_of_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.create_foreign_key(
            batch_op.f('fk_memberships_on_behalf_of_id'), 'organizations', ['on_behalf_of_id'], ['id'], ondelete='SET NULL'
        )
        batch_op.create_index(batch_op.f('ix_memberships_on_behalf_of_id'), ['on_behalf_of_id'])
    op.create_table(
        'other_names',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('passport', 'badge', 'script', 'former', 'known_as', name='NameKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_other_names_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_other_names')),
    )
    op.create_index(op.f('ix_other_names_person_id'), 'other_names', ['person_id'])


def downgrade() -> None:
    """Remove them; contact details of new types become others."""
    op.drop_table('other_names')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memberships_on_behalf_of_id'))
        batch_op.drop_constraint(batch_op.f('fk_memberships_on_behalf_of_id'), type_='foreignkey')
        batch_op.drop_column('revision')
        batch_op.drop_column('on_behalf_of_id')
    op.execute("UPDATE contact_details SET type = 'other' WHERE type IN ('whatsapp', 'through')")
    _allow(*TYPES)
    with op.batch_alter_table('contact_details', schema=None) as batch_op:
        for name in ('revision', 'valid_until', 'valid_from', 'note'):
            batch_op.drop_column(name)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('family_name_first')


def _allow(*types: str) -> None:
    allowed = ', '.join(f"'{one}'" for one in types)
    with op.batch_alter_table('contact_details', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_contact_details_ContactType'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_contact_details_ContactType'), sa.text(f'type IN ({allowed})'))
