"""Targets of campaigns, and what they answer"""

import sqlalchemy as sa
from alembic import op

revision = '0076'
down_revision = '0075'

OLD_GOALS = ('signatures', 'endorsements', 'subscribers', 'organizations', 'mobilizations', 'participants')
NEW_GOALS = (*OLD_GOALS, 'commitments')


def upgrade() -> None:
    """Add the tables, and the goal that counts commitments."""
    op.create_table(
        'targets',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', _one_of(('institution', 'company', 'official'), 'TargetKind'), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('post', sa.String(length=200), nullable=True),
        sa.Column('organization_id', sa.Integer(), nullable=True),
        sa.Column('country', sa.String(length=2), nullable=True),
        sa.Column('letter_language', sa.String(length=12), nullable=True),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('phone', sa.String(length=80), nullable=True),
        sa.Column('postal_address', sa.String(), nullable=True),
        sa.Column('website', sa.String(length=2000), nullable=True),
        sa.Column('demand', sa.String(), nullable=True),
        sa.Column('open_to_letters', sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column('closed_because', sa.String(length=200), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('removed_by_id', sa.Integer(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        *_keys(
            'targets', ('campaign_id', 'campaigns', 'CASCADE'), ('organization_id', 'organizations', 'SET NULL'),
            ('removed_by_id', 'users', 'SET NULL'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_targets')),
    )
    op.create_table(
        'target_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('target_id', sa.Integer(), nullable=False),
        sa.Column('kind', _one_of(('asked', 'replied', 'committed', 'refused', 'signed'), 'EntryKind'), nullable=False),
        sa.Column('happened_on', sa.Date(), nullable=False),
        sa.Column('text', sa.String(), nullable=True),
        sa.Column('article_id', sa.Integer(), nullable=True),
        sa.Column('recorded_by_id', sa.Integer(), nullable=True),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        *_keys(
            'target_entries', ('campaign_id', 'campaigns', 'CASCADE'), ('target_id', 'targets', 'CASCADE'),
            ('article_id', 'articles', 'SET NULL'), ('recorded_by_id', 'users', 'SET NULL'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_target_entries')),
    )
    for table, columns in (
        ('targets', ('campaign_id', 'organization_id')), ('target_entries', ('campaign_id', 'article_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    op.create_index('ix_target_entries_log', 'target_entries', ['target_id', 'happened_on', 'id'])
    _check(NEW_GOALS)


def downgrade() -> None:
    """Remove them, with their history."""
    op.execute("UPDATE campaigns SET goal_kind = NULL, goal_number = NULL WHERE goal_kind = 'commitments'")
    _check(OLD_GOALS)
    op.execute("DELETE FROM audit_entries WHERE subject = 'targets'")
    for table in ('target_entries', 'targets'):
        op.drop_table(table)


def _check(kinds: tuple[str, ...]) -> None:
    condition = sa.text('goal_kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds)))
    with op.batch_alter_table('campaigns') as table:
        table.drop_constraint(table.f('ck_campaigns_GoalKind'), type_='check')
        table.create_check_constraint(table.f('ck_campaigns_GoalKind'), condition)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, *references: tuple[str, str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=ondelete)
        for column, other, ondelete in references
    ]
