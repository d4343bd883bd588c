"""Letters to targets"""

import sqlalchemy as sa
from alembic import op

revision = '0081'
down_revision = '0080'

OLD_GOALS = (
    'signatures', 'endorsements', 'subscribers', 'organizations', 'mobilizations', 'participants', 'commitments',
)
NEW_GOALS = (*OLD_GOALS, 'letters')


def upgrade() -> None:
    """Add the texts, the count of letters, and the goal that counts them."""
    op.create_table(
        'letter_texts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('letter_language', sa.String(length=12), nullable=False),
        sa.Column('subject', sa.String(length=200), nullable=False),
        sa.Column('body', sa.String(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        _key('letter_texts', 'campaign_id', 'campaigns'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_texts')),
    )
    op.create_table(
        'sent_letters',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('target_id', sa.Integer(), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=True),
        sa.Column('locale', sa.String(length=12), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        _key('sent_letters', 'campaign_id', 'campaigns'),
        _key('sent_letters', 'target_id', 'targets'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_letters')),
    )
    for table, column in (('letter_texts', 'campaign_id'), ('sent_letters', 'campaign_id'), ('sent_letters', 'target_id')):
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    op.create_index('ix_sent_letters_counted', 'sent_letters', ['campaign_id', 'target_id', 'sent_at'])
    _check(NEW_GOALS)


def downgrade() -> None:
    """Remove them, with their history."""
    op.execute("UPDATE campaigns SET goal_kind = NULL, goal_number = NULL WHERE goal_kind = 'letters'")
    _check(OLD_GOALS)
    op.execute("DELETE FROM audit_entries WHERE subject = 'letter_texts'")
    for table in ('sent_letters', 'letter_texts'):
        op.drop_table(table)


def _check(kinds: tuple[str, ...]) -> None:
    condition = sa.text('goal_kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds)))
    with op.batch_alter_table('campaigns') as table:
        table.drop_constraint(table.f('ck_campaigns_GoalKind'), type_='check')
        table.create_check_constraint(table.f('ck_campaigns_GoalKind'), condition)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete='CASCADE')
