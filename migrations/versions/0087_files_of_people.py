"""Files that people without an account attach to their actions"""

import sqlalchemy as sa
from alembic import op

revision = '0087'
down_revision = '0086'


def upgrade() -> None:
    """Add who sent a file, without an account."""
    with op.batch_alter_table('attachments') as table:
        table.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        table.create_index(table.f('ix_attachments_person_id'), ['person_id'])
        table.create_foreign_key(
            table.f('fk_attachments_person_id'), 'people', ['person_id'], ['id'], ondelete='SET NULL'
        )
        table.create_check_constraint(table.f('ck_attachments_one_sender'), 'user_id IS NULL OR person_id IS NULL')


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('attachments') as table:
        table.drop_constraint(table.f('ck_attachments_one_sender'), type_='check')
        table.drop_constraint(table.f('fk_attachments_person_id'), type_='foreignkey')
        table.drop_index(table.f('ix_attachments_person_id'))
        table.drop_column('person_id')
