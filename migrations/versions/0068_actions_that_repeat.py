"""Actions that repeat"""

import sqlalchemy as sa
from alembic import op

revision = '0068'
down_revision = '0067'

REFERENCES = (
    ('congress_id', 'congresses', 'CASCADE'), ('campaign_id', 'campaigns', 'CASCADE'), ('assignee_id', 'users', 'SET NULL'),
    ('assignee_person_id', 'people', 'SET NULL'),
)


def upgrade() -> None:
    """Add the table of series, and the place of an action in one."""
    op.create_table(
        'follow_up_series',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column, _table, _ondelete in REFERENCES),
        sa.Column('recurrence', sa.String(length=500), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('at', sa.Time(), nullable=False),
        sa.Column('timezone', sa.String(length=64), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('remind_before_hours', sa.Integer(), nullable=False),
        sa.Column(
            'priority',
            sa.Enum('high', 'normal', 'low', name='Priority', native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f'{table}.id'], name=op.f(f'fk_follow_up_series_{column}'), ondelete=ondelete
            )
            for column, table, ondelete in REFERENCES
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_series')),
    )
    for column, _table, _ondelete in REFERENCES:
        op.create_index(op.f(f'ix_follow_up_series_{column}'), 'follow_up_series', [column])
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('series_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('occurs_on', sa.Date(), nullable=True))
        table.create_unique_constraint(table.f('uq_follow_ups_series_id_occurs_on'), ['series_id', 'occurs_on'])
        table.create_foreign_key(
            table.f('fk_follow_ups_series_id'), 'follow_up_series', ['series_id'], ['id'], ondelete='SET NULL'
        )


def downgrade() -> None:
    """Remove the series; the actions stay."""
    with op.batch_alter_table('follow_ups') as table:
        table.drop_constraint(table.f('fk_follow_ups_series_id'), type_='foreignkey')
        table.drop_constraint(table.f('uq_follow_ups_series_id_occurs_on'), type_='unique')
        table.drop_column('occurs_on')
        table.drop_column('series_id')
    op.drop_table('follow_up_series')
