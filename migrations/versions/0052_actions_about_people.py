"""Actions about people"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0051'


def upgrade() -> None:
    """Add the person."""
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        name = table.f('fk_follow_ups_person_id')
        table.create_foreign_key(name, 'people', ['person_id'], ['id'], ondelete='CASCADE')
        table.create_index(table.f('ix_follow_ups_person_id'), ['person_id'])


def downgrade() -> None:
    """Remove the person, with what could be undone about such actions."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'assigning.assign'")
    with op.batch_alter_table('follow_ups') as table:
        table.drop_index(table.f('ix_follow_ups_person_id'))
        table.drop_constraint(table.f('fk_follow_ups_person_id'), type_='foreignkey')
        table.drop_column('person_id')
