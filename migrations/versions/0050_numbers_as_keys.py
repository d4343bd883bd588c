"""Numbers by which imports recognize people"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'

OLD = "key IN ('email', 'phone', 'name', 'website', 'course', 'service')"
NEW = OLD.replace("'email'", "'record_number', 'own', 'email'")


def upgrade() -> None:
    """Allow the number in Encuentro, and the house's own fields."""
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key_field', sa.String(length=80), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_imports_MatchKey'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_MatchKey'), sa.text(NEW))


def downgrade() -> None:
    """Let these imports recognize people by name; their rows have to be checked again."""
    op.execute("UPDATE imports SET key = 'name' WHERE key IN ('record_number', 'own')")
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_imports_MatchKey'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_imports_MatchKey'), sa.text(OLD))
        batch_op.drop_column('key_field')
