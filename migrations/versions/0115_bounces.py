"""What came back of emails, scores of addresses, and addresses that are unreachable"""

import sqlalchemy as sa
from alembic import op

revision = '0115'
down_revision = '0114'

_REASONS = {'asked', 'erased'}
_NEW_REASONS = {'complained', 'bounced'}


def _one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _set_reasons(reasons):
    with op.batch_alter_table('suppressions') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_suppressions_SuppressionReason'), type_='check')
        listed = ', '.join(f"'{one}'" for one in reasons)
        batch_op.create_check_constraint(batch_op.f('ck_suppressions_SuppressionReason'), f'reason IN ({listed})')


def upgrade() -> None:
    """Add the tables, and when an email bounced; addresses may be suppressed for two more reasons."""
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.add_column(sa.Column('bounced_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'bounces',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('delivery_id', sa.Integer(), nullable=False),
        sa.Column('kind', _one_of('BounceKind', 'hard', 'soft', 'refused', 'complaint'), nullable=False),
        sa.Column('source', _one_of('BounceSource', 'relay', 'report'), nullable=False),
        sa.Column('code', sa.String(length=80), nullable=True),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['delivery_id'], ['deliveries.id'], name=op.f('fk_bounces_delivery_id_deliveries'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bounces')),
        sa.UniqueConstraint('delivery_id', 'kind', name=op.f('uq_bounces_delivery_id_kind')),
    )
    op.create_table(
        'bounce_scores',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=40), nullable=False),
        sa.Column('score', sa.Double(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bounce_scores')),
        sa.UniqueConstraint('digest', name=op.f('uq_bounce_scores_digest')),
    )
    returned = ('bounce', 'complaint', 'notice', 'automatic', 'reply', 'unverified', 'unreadable')
    op.create_table(
        'returned_letters',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('kind', _one_of('ReturnedKind', *returned), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_returned_letters')),
        sa.UniqueConstraint('key', name=op.f('uq_returned_letters_key')),
    )
    with op.batch_alter_table('returned_letters') as batch_op:
        batch_op.create_index(batch_op.f('ix_returned_letters_at'), ['at'])
    _set_reasons(sorted(_REASONS | _NEW_REASONS))


def downgrade() -> None:
    """Remove them; addresses that were suppressed for the new reasons are written to again."""
    op.execute("DELETE FROM suppressions WHERE reason IN ('complained', 'bounced')")
    _set_reasons(sorted(_REASONS))
    for table in ('returned_letters', 'bounce_scores', 'bounces'):
        op.drop_table(table)
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_column('bounced_at')
