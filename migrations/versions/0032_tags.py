"""Tags of people and organizations"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        'tags',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('group', sa.String(length=80), nullable=True),
        sa.Column('description', sa.String(length=200), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.Column('words', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), server_default='', nullable=False),
        sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), server_default='', nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_tags')),
    )
    op.create_index(op.f('ix_tags_sort_key'), 'tags', ['sort_key'])
    op.create_table(
        'taggings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tag_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('organization_id', sa.Integer(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('(person_id IS NULL) <> (organization_id IS NULL)', name=op.f('ck_taggings_one_record')),
        sa.ForeignKeyConstraint(['tag_id'], ['tags.id'], name=op.f('fk_taggings_tag_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_taggings_person_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(
            ['organization_id'], ['organizations.id'], name=op.f('fk_taggings_organization_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_taggings')),
        sa.UniqueConstraint('tag_id', 'person_id', name=op.f('uq_taggings_tag_id_person_id')),
        sa.UniqueConstraint('tag_id', 'organization_id', name=op.f('uq_taggings_tag_id_organization_id')),
    )
    for column in ('person_id', 'organization_id'):
        op.create_index(op.f(f'ix_taggings_{column}'), 'taggings', [column])


def downgrade() -> None:
    """Remove them."""
    op.drop_table('taggings')
    op.drop_table('tags')
