"""Digests and mailings that are paused"""

import sqlalchemy as sa
from alembic import op

revision = '0117'
down_revision = '0116'

_OLD = "status IN ('draft', 'proposed', 'approved', 'stopped', 'sent', 'discarded')"
_NEW = "status IN ('draft', 'proposed', 'approved', 'paused', 'stopped', 'sent', 'discarded')"
_TROUBLED = sa.text('last_error IS NOT NULL')
_UNSENT = 'd.sent_at IS NULL AND d.failed_at IS NULL AND d.withdrawn_at IS NOT NULL'
_COLUMNS = 'state, reason, since, mark, moved_to, is_moving, settled_at, postponed_before'


def upgrade() -> None:
    """Add what workers obey, and take over what was stopped so far."""
    _check_status(_NEW)
    with op.batch_alter_table('mailings') as batch_op:
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_mailings_approved_before_pause'), 'paused_at IS NULL OR approved_at IS NOT NULL'
        )
    op.create_index(
        'ix_deliveries_troubled', 'deliveries', ['digest_id', 'mailing_id'],
        sqlite_where=_TROUBLED, postgresql_where=_TROUBLED,
    )  # fmt: skip
    op.create_table(
        'sending_holds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest_id', sa.Integer(), nullable=True),
        sa.Column('mailing_id', sa.Integer(), nullable=True),
        sa.Column('state', _one_of('HoldState', 'paused', 'stopped', 'released'), nullable=False),
        sa.Column('reason', _one_of('HoldReason', 'asked', 'refusals'), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('mark', sa.DateTime(timezone=True), nullable=False),
        sa.Column('moved_to', sa.Integer(), nullable=False),
        sa.Column('skipped_id', sa.Integer(), nullable=True),
        sa.Column('is_moving', sa.Boolean(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('postponed_before', sa.Integer(), nullable=False),
        sa.CheckConstraint('(digest_id IS NULL) <> (mailing_id IS NULL)', name=op.f('ck_sending_holds_one_run')),
        sa.ForeignKeyConstraint(
            ['digest_id'], ['digests.id'], name=op.f('fk_sending_holds_digest_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['mailing_id'], ['mailings.id'], name=op.f('fk_sending_holds_mailing_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sending_holds')),
        sa.UniqueConstraint('digest_id', name=op.f('uq_sending_holds_digest_id')),
        sa.UniqueConstraint('mailing_id', name=op.f('uq_sending_holds_mailing_id')),
    )
    op.create_table(
        'sending_retries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest_id', sa.Integer(), nullable=True),
        sa.Column('mailing_id', sa.Integer(), nullable=True),
        sa.Column('group', sa.String(length=80), nullable=False),
        sa.Column('reason', sa.String(length=80), nullable=False),
        sa.Column('domain', sa.String(length=200), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('moved_to', sa.Integer(), nullable=False),
        sa.CheckConstraint('(digest_id IS NULL) <> (mailing_id IS NULL)', name=op.f('ck_sending_retries_one_run')),
        sa.ForeignKeyConstraint(
            ['digest_id'], ['digests.id'], name=op.f('fk_sending_retries_digest_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['mailing_id'], ['mailings.id'], name=op.f('fk_sending_retries_mailing_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sending_retries')),
    )
    op.create_index(op.f('ix_sending_retries_digest_id'), 'sending_retries', ['digest_id'])
    op.create_index(op.f('ix_sending_retries_mailing_id'), 'sending_retries', ['mailing_id'])
    op.execute(
        f"INSERT INTO sending_holds (digest_id, {_COLUMNS}) SELECT digests.id, 'stopped', 'asked', max(d.withdrawn_at), "
        'max(d.withdrawn_at), 0, false, max(d.withdrawn_at), 0 FROM digests JOIN deliveries d ON d.digest_id = digests.id '
        f"WHERE digests.status = 'stopped' AND d.kind = 'digest' AND {_UNSENT} GROUP BY digests.id"
    )
    op.execute(
        f"INSERT INTO sending_holds (mailing_id, {_COLUMNS}) SELECT id, 'stopped', 'asked', stopped_at, stopped_at, 0, "
        'false, stopped_at, 0 FROM mailings WHERE stopped_at IS NOT NULL'
    )


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=op.f(f'ck_sending_holds_{name}'), native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """Release what is paused: it was approved."""
    op.execute('UPDATE deliveries SET priority = 2 WHERE priority = 3')
    op.execute("UPDATE digests SET status = 'approved' WHERE status = 'paused'")
    op.drop_table('sending_retries')
    op.drop_table('sending_holds')
    op.drop_index('ix_deliveries_troubled', 'deliveries')
    with op.batch_alter_table('mailings') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_mailings_approved_before_pause'), type_='check')
        batch_op.drop_column('paused_at')
    _check_status(_OLD)


def _check_status(condition: str) -> None:
    with op.batch_alter_table('digests') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_digests_DigestStatus'), type_='check')
    with op.batch_alter_table('digests') as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_digests_DigestStatus'), condition)
