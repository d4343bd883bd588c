"""Countries that legs over land pass through, and arrivals that were estimated"""

import sqlalchemy as sa
from alembic import op

revision = '0107'
down_revision = '0106'

KINDS = ('direct', 'knock_on', 'detour', 'warning')


def upgrade() -> None:
    """Add them. Passages of legs that are there already are derived in the night."""
    op.create_table(
        'passages',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('leg_id', sa.Integer(), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('recorded', sa.Boolean(), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['leg_id'], ['legs.id'], name=op.f('fk_passages_leg_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_passages_congress_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passages')),
        sa.UniqueConstraint('leg_id', 'country', name=op.f('uq_passages_leg_id_country')),
    )
    for column in ('congress_id', 'country', 'leg_id'):
        op.create_index(op.f(f'ix_passages_{column}'), 'passages', [column])
    with op.batch_alter_table('legs') as batch_op:
        batch_op.add_column(sa.Column('arrival_estimated', sa.Boolean(), server_default=sa.false(), nullable=False))
    _allow((*KINDS, 'passage'))


def downgrade() -> None:
    """Remove them; estimated arrivals stay as if they had been recorded."""
    op.execute("DELETE FROM hit_records WHERE kind = 'passage'")
    _allow(KINDS)
    with op.batch_alter_table('legs') as batch_op:
        batch_op.drop_column('arrival_estimated')
    op.drop_table('passages')


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('hit_records') as batch_op:
        name = batch_op.f('ck_hit_records_HitKind')
        batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, sa.text(condition))
