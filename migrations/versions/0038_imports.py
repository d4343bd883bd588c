"""Imports of people from files"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'


def upgrade() -> None:
    """Add the tables."""
    op.create_table('imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('people', name='ImportKind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('status', sa.Enum('to_read', 'read', 'to_check', 'checked', 'to_write', 'written', 'to_undo', 'undone', 'failed', name='ImportStatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sheet', sa.String(length=200), nullable=True),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('header_digest', sa.String(length=80), nullable=True),
    sa.Column('samples', sa.JSON(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('key', sa.Enum('email', 'phone', 'name', name='MatchKey', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('policy', sa.Enum('fill', 'overwrite', 'leave', name='Policy', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('unknown', sa.JSON(), nullable=False),
    sa.Column('decisions', sa.JSON(), nullable=False),
    sa.Column('recorded', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failure', sa.String(length=80), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_entry_id', sa.Integer(), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim', sa.String(length=80), nullable=True),
    sa.Column('congress_id', sa.Integer(), nullable=True),
    sa.Column('campaign_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_imports_asked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_imports_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_imports_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_imports_created_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imports_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imports_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imports_header_digest'), ['header_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_imports_status'), ['status'], unique=False)

    op.create_table('import_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_files_import_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_files')),
    sa.UniqueConstraint('import_id', 'position', name=op.f('uq_import_files_import_id_position'))
    )
    op.create_table('import_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('problems', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('verdict', sa.Enum('created', 'updated', 'joined', 'unchanged', 'refused', name='Verdict', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reasons', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('first', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_rows_import_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_rows')),
    sa.UniqueConstraint('import_id', 'number', name=op.f('uq_import_rows_import_id_number'))
    )
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_rows_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    """Remove them."""
    for name in ('import_rows', 'import_files', 'imports'):
        op.drop_table(name)
