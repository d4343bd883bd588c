"""Imports of organizations, memberships, delegations and legs"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'

OLD_KINDS = "kind IN ('people')"
NEW_KINDS = "kind IN ('people', 'organizations', 'memberships', 'delegations', 'legs')"
OLD_KEYS = "key IN ('email', 'phone', 'name')"
NEW_KEYS = "key IN ('email', 'phone', 'name', 'website', 'course', 'service')"


def upgrade() -> None:
    """Allow more kinds and keys, and keep what an import changed."""
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_imports_ImportKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_ImportKind'), sa.text(NEW_KINDS))
        batch_op.drop_constraint(batch_op.f('ck_imports_MatchKey'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_MatchKey'), sa.text(NEW_KEYS))
        batch_op.add_column(sa.Column('undo_entry_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_imports_undo_entry_id'), 'undo_entries', ['undo_entry_id'], ['id'], ondelete='SET NULL'
        )
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_rows_person_id'))
        batch_op.alter_column('person_id', new_column_name='record_id')
    op.create_index(op.f('ix_import_rows_record_id'), 'import_rows', ['record_id'], unique=False)


def downgrade() -> None:
    """Delete imports of the new kinds; what they wrote stays."""
    for table in ('import_files', 'import_rows'):
        op.execute(f"DELETE FROM {table} WHERE import_id IN (SELECT id FROM imports WHERE kind <> 'people')")
    op.execute("DELETE FROM imports WHERE kind <> 'people'")
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_rows_record_id'))
        batch_op.alter_column('record_id', new_column_name='person_id')
    op.create_index(op.f('ix_import_rows_person_id'), 'import_rows', ['person_id'], unique=False)
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_imports_undo_entry_id'), type_='foreignkey')
        batch_op.drop_column('undo_entry_id')
        batch_op.drop_constraint(batch_op.f('ck_imports_MatchKey'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_MatchKey'), sa.text(OLD_KEYS))
        batch_op.drop_constraint(batch_op.f('ck_imports_ImportKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_ImportKind'), sa.text(OLD_KINDS))
