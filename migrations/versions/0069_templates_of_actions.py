"""Templates of actions, and where they were used"""

import sqlalchemy as sa
from alembic import op

revision = '0069'
down_revision = '0068'

PLACES = (('congress_id', 'congresses', 'CASCADE'), ('campaign_id', 'campaigns', 'CASCADE'))


def upgrade() -> None:
    """Add the tables, and the distance of an action from the date of its template."""
    op.create_table(
        'action_templates',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=True),
        sa.Column('campaign_id', sa.Integer(), nullable=True),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('created_by_id', sa.Integer(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint(
            'campaign_id IS NULL OR congress_id IS NULL', name=op.f('ck_action_templates_one_place')
        ),
        *_keys('action_templates', *PLACES, ('created_by_id', 'users', 'SET NULL')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_action_templates')),
    )
    op.create_table(
        'template_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('template_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('offset_days', sa.Integer(), nullable=False),
        sa.Column('at', sa.Time(), nullable=False),
        sa.Column('remind_before_hours', sa.Integer(), nullable=False),
        sa.Column('priority', _one_of(('high', 'normal', 'low'), 'Priority'), nullable=False),
        sa.Column('role', sa.String(length=80), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('remind_before_hours BETWEEN 0 AND 720', name=op.f('ck_template_items_remind_before')),
        *_keys('template_items', ('template_id', 'action_templates', 'CASCADE')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_template_items')),
    )
    op.create_table(
        'template_uses',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=True),
        sa.Column('campaign_id', sa.Integer(), nullable=True),
        sa.Column('template_id', sa.Integer(), nullable=True),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('anchor', _one_of(('start', 'end', 'day'), 'Anchor'), nullable=False),
        sa.Column('anchored_on', sa.Date(), nullable=False),
        sa.Column('timezone', sa.String(length=64), nullable=False),
        sa.Column('used_by_id', sa.Integer(), nullable=True),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
        *_keys(
            'template_uses', *PLACES, ('template_id', 'action_templates', 'SET NULL'), ('used_by_id', 'users', 'SET NULL')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_template_uses')),
    )
    for table, columns in (
        ('action_templates', ('congress_id', 'campaign_id')),
        ('template_items', ('template_id',)),
        ('template_uses', ('congress_id', 'campaign_id', 'template_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('template_use_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('offset_days', sa.Integer(), nullable=True))
        table.add_column(sa.Column('offset_at', sa.Time(), nullable=True))
        table.create_index(table.f('ix_follow_ups_template_use_id'), ['template_use_id'])
        table.create_foreign_key(
            table.f('fk_follow_ups_template_use_id'), 'template_uses', ['template_use_id'], ['id'], ondelete='SET NULL'
        )


def downgrade() -> None:
    """Remove the templates; the actions stay."""
    with op.batch_alter_table('follow_ups') as table:
        table.drop_constraint(table.f('fk_follow_ups_template_use_id'), type_='foreignkey')
        table.drop_index(table.f('ix_follow_ups_template_use_id'))
        for column in ('offset_at', 'offset_days', 'template_use_id'):
            table.drop_column(column)
    for name in ('template_uses', 'template_items', 'action_templates'):
        op.drop_table(name)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, *references: tuple[str, str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=ondelete)
        for column, other, ondelete in references
    ]
