"""Sheets of imports"""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'

OLD = "status IN ('to_read', 'read', 'to_check', 'checked', 'to_write', 'written', 'to_undo', 'undone', 'failed')"
NEW = OLD.replace("'read'", "'opened', 'read'")


def upgrade() -> None:
    """Let people choose one of several sheets."""
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sheets', sa.JSON(), server_default='[]', nullable=False))
        batch_op.drop_constraint(batch_op.f('ck_imports_ImportStatus'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_ImportStatus'), sa.text(NEW))
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.alter_column('sheets', server_default=None)


def downgrade() -> None:
    """Delete the files of which nobody has chosen a sheet."""
    for table in ('import_files', 'import_rows'):
        op.execute(f"DELETE FROM {table} WHERE import_id IN (SELECT id FROM imports WHERE status = 'opened')")
    op.execute("DELETE FROM imports WHERE status = 'opened'")
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_imports_ImportStatus'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_ImportStatus'), sa.text(OLD))
        batch_op.drop_column('sheets')
