"""People who are erased for good"""

import sqlalchemy as sa
from alembic import op

revision = '0106'
down_revision = '0105'

PURPOSES = ('email', 'phone', 'messages', 'photos', 'publish_name', 'share', 'press')
MEANS = ('form', 'paper', 'phone', 'in_person', 'link')
KINDS = ('grant', 'export', 'rule')


def upgrade() -> None:
    """Add erasures and what is left of consents; nobody was erased before."""
    op.create_table(
        'erasures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('person_ids', sa.JSON(), nullable=False),
        sa.Column('address_digests', sa.JSON(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('counts', sa.JSON(), nullable=False),
        sa.Column('file_keys', sa.JSON(), nullable=False),
        sa.Column('cleaned_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_erasures_by_id'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_erasures_person_id'), 'erasures', ['person_id'])
    op.create_index(op.f('ix_erasures_cleaned_at'), 'erasures', ['cleaned_at'])
    op.create_table(
        'consent_proofs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=40), nullable=False),
        sa.Column('purpose', _one_of('ConsentPurpose', *PURPOSES), nullable=False),
        sa.Column('given_at', sa.Date(), nullable=False),
        sa.Column('how', _one_of('ConsentMeans', *MEANS), nullable=False),
        sa.Column('withdrawn_at', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_proofs')),
    )
    op.create_index(op.f('ix_consent_proofs_digest'), 'consent_proofs', ['digest'])
    with op.batch_alter_table('delegations') as batch_op:
        batch_op.add_column(sa.Column('erased_delegates', sa.Integer(), server_default='0', nullable=False))
    _allow(('grant', 'export', 'erasure', 'rule'))


def downgrade() -> None:
    """Remove them; the addresses of people who were erased stay suppressed."""
    op.execute("DELETE FROM approval_requests WHERE kind = 'erasure'")
    _allow(KINDS)
    _forget_rule()
    with op.batch_alter_table('delegations') as batch_op:
        batch_op.drop_column('erased_delegates')
    op.drop_table('consent_proofs')
    op.drop_table('erasures')


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('approval_requests') as batch_op:
        name = batch_op.f('ck_approval_requests_ApprovalKind')
        batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, sa.text(condition))


def _forget_rule() -> None:
    """Take the rule that two admins erase people out of the settings; the others stay."""
    settings = sa.table('house_settings', sa.column('id', sa.Integer()), sa.column('rules', sa.JSON()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(settings)).all():
        left = [rule for rule in row.rules if rule != 'erasures']
        connection.execute(settings.update().where(settings.c.id == row.id).values(rules=left))


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
