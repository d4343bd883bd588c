"""Merges of people and of organizations"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        'merges',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('organization_id', sa.Integer(), nullable=True),
        sa.Column('kept_id', sa.Integer(), nullable=False),
        sa.Column('merged_id', sa.Integer(), nullable=False),
        sa.Column('merged_name', sa.String(length=200), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('undo_entry_id', sa.Integer(), nullable=True),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('(person_id IS NULL) <> (organization_id IS NULL)', name=op.f('ck_merges_one_kind')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_merges_person_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_merges_organization_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_merges_by_id'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['undo_entry_id'], ['undo_entries.id'], name=op.f('fk_merges_undo_entry_id'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_merges')),
    )
    for column in ('person_id', 'organization_id'):
        op.create_index(op.f(f'ix_merges_{column}'), 'merges', [column])
    op.create_table(
        'merged_ids',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('merge_id', sa.Integer(), nullable=False),
        sa.Column('table_name', sa.String(length=80), nullable=False),
        sa.Column('old_id', sa.Integer(), nullable=False),
        sa.Column('new_id', sa.Integer(), nullable=False),
        sa.Column('old_link', sa.Integer(), nullable=True),
        sa.Column('new_link', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['merge_id'], ['merges.id'], name=op.f('fk_merged_ids_merge_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_merged_ids')),
    )
    op.create_index(op.f('ix_merged_ids_merge_id'), 'merged_ids', ['merge_id'])
    op.create_index('ix_merged_ids_table_name_old_id', 'merged_ids', ['table_name', 'old_id'])


def downgrade() -> None:
    """Remove them."""
    op.drop_table('merged_ids')
    op.drop_table('merges')
