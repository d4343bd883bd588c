"""Consents of people"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'

PURPOSES = ('email', 'phone', 'messages', 'photos', 'publish_name', 'share', 'press')
MEANS = ('form', 'paper', 'phone', 'in_person', 'link')
RECORDERS = ('recorded_by_id', 'withdrawal_recorded_by_id')


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'consents',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('purpose', _one_of(PURPOSES, 'ConsentPurpose'), nullable=False),
        sa.Column('given_at', sa.Date(), nullable=False),
        sa.Column('how', _one_of(MEANS, 'ConsentMeans'), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('withdrawn_at', sa.Date(), nullable=True),
        sa.Column('withdrawn_how', _one_of(MEANS, 'WithdrawalMeans'), nullable=True),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in RECORDERS),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_how IS NULL)', name=op.f('ck_consents_whole_withdrawal')),
        sa.CheckConstraint('withdrawn_at >= given_at', name=op.f('ck_consents_given_first')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_consents_person_id'), ondelete='CASCADE'),
        *(
            sa.ForeignKeyConstraint([column], ['users.id'], name=op.f(f'fk_consents_{column}'), ondelete='SET NULL')
            for column in RECORDERS
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    )
    op.create_index(op.f('ix_consents_person_id'), 'consents', ['person_id'])


def downgrade() -> None:
    """Remove the table, with what could be undone about it."""
    op.execute("DELETE FROM undo_entries WHERE endpoint IN ('consents.remove', 'consents.withdraw')")
    op.drop_table('consents')


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
