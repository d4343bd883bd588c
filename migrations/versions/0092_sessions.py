"""Sessions are rows"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0092'
down_revision = '0091'


def upgrade() -> None:
    """Add the sessions; everyone has to sign in again."""
    op.create_table(
        'sessions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key_digest', sa.String(length=80), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('device', sa.String(length=80), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sessions_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions')),
        sa.UniqueConstraint('key_digest', name=op.f('uq_sessions_key_digest')),
    )
    op.create_index(op.f('ix_sessions_user_id'), 'sessions', ['user_id'])
    with op.batch_alter_table('users') as table:
        table.drop_column('session_key')


def downgrade() -> None:
    """Remove them and give every account a new key."""
    with op.batch_alter_table('users') as table:
        table.add_column(sa.Column('session_key', sa.String(length=80), nullable=True))
    users = sa.table('users', sa.column('id', sa.Integer), sa.column('session_key', sa.String))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(users.c.id)).all():
        connection.execute(users.update().where(users.c.id == number).values(session_key=secrets.token_urlsafe(24)))
    with op.batch_alter_table('users') as table:
        table.alter_column('session_key', existing_type=sa.String(length=80), nullable=False)
    op.drop_table('sessions')
