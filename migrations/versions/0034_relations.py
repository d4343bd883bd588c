"""Relations between people"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'

KINDS = (
    'colleague', 'family', 'friend', 'supervisor', 'reports_to', 'assistant', 'assisted_by', 'interpreter', 'interpreted_by', 'refers_to',
    'referred_by', 'other',
)
PEOPLE = ('person_id', 'other_id')


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'relations',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in PEOPLE),
        sa.Column('kind', sa.Enum(*KINDS, name='RelationKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('note', sa.String(length=200), nullable=True),
        sa.Column('start_date', sa.Date(), nullable=True),
        sa.Column('end_date', sa.Date(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('person_id <> other_id', name=op.f('ck_relations_two_people')),
        *(
            sa.ForeignKeyConstraint([column], ['people.id'], name=op.f(f'fk_relations_{column}'), ondelete='CASCADE')
            for column in PEOPLE
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_relations')),
    )
    for column in PEOPLE:
        op.create_index(op.f(f'ix_relations_{column}'), 'relations', [column])


def downgrade() -> None:
    """Remove the table, with what could be undone about it."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'relations.remove'")
    op.drop_table('relations')
