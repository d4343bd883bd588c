"""Roads that organizers have ruled out because they are dangerous"""

import sqlalchemy as sa
from alembic import op

revision = '0113'
down_revision = '0112'

KINDS = ('between', 'country', 'crossing')
PLACES = ('one_id', 'other_id')
USERS = ('ruled_out_by_id', 'lift_asked_by_id', 'lifted_by_id')


def upgrade() -> None:
    """Add the table; no road is ruled out before."""
    kind = sa.Enum(*KINDS, name='RoadKind', native_enum=False, create_constraint=True, length=40)
    op.create_table(
        'ruled_out_roads',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', kind, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in PLACES),
        sa.Column('country', sa.String(length=2), nullable=True),
        sa.Column('crossing_id', sa.Integer(), nullable=True),
        sa.Column('since', sa.Date(), nullable=True),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('source', sa.String(length=200), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('ruled_out_by_id', sa.Integer(), nullable=True),
        sa.Column('ruled_out_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('lift_asked_by_id', sa.Integer(), nullable=True),
        sa.Column('lift_asked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('lifted_by_id', sa.Integer(), nullable=True),
        sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint(
            "(kind = 'between') = (one_id IS NOT NULL) AND (kind = 'between') = (other_id IS NOT NULL)"
            " AND (kind = 'country') = (country IS NOT NULL) AND (kind = 'crossing') = (crossing_id IS NOT NULL)",
            name=op.f('ck_ruled_out_roads_subject'),
        ),
        sa.CheckConstraint('one_id <> other_id', name=op.f('ck_ruled_out_roads_ends')),
        sa.CheckConstraint('since <= until', name=op.f('ck_ruled_out_roads_days')),
        *(_key(name, 'places', 'RESTRICT') for name in PLACES),
        _key('crossing_id', 'crossings', 'RESTRICT'),
        *(_key(name, 'users', 'SET NULL') for name in USERS),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_ruled_out_roads')),
        sqlite_autoincrement=True,
    )
    for name in (*PLACES, 'crossing_id'):
        op.create_index(op.f(f'ix_ruled_out_roads_{name}'), 'ruled_out_roads', [name])


def downgrade() -> None:
    """Remove it."""
    op.drop_table('ruled_out_roads')


def _key(column: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f'fk_ruled_out_roads_{column}')
    return sa.ForeignKeyConstraint([column], [f'{table}.id'], name=name, ondelete=ondelete)
