"""Duplicates of people and organizations"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'

KINDS = (('person', 'people'), ('organization', 'organizations'))


def upgrade() -> None:
    """Add the keys, the pairs, and when each record was compared."""
    for noun, table in KINDS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('compared_at', sa.DateTime(timezone=True), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_{table}_compared_at'), ['compared_at'])
        op.create_table(
            f'{noun}_keys',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column(f'{noun}_id', sa.Integer(), nullable=False),
            sa.Column('key', sa.BigInteger(), nullable=False),
            sa.ForeignKeyConstraint([f'{noun}_id'], [f'{table}.id'], name=op.f(f'fk_{noun}_keys_{noun}_id'), ondelete='CASCADE'),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{noun}_keys')),
        )
        op.create_index(f'ix_{noun}_keys_key_{noun}_id', f'{noun}_keys', ['key', f'{noun}_id'])
        op.create_index(op.f(f'ix_{noun}_keys_{noun}_id'), f'{noun}_keys', [f'{noun}_id'])
        op.create_table(
            f'{noun}_pairs',
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('first_id', sa.Integer(), nullable=False),
            sa.Column('second_id', sa.Integer(), nullable=False),
            sa.Column('score', sa.Double(), nullable=False),
            sa.Column('decision', sa.Enum('sure', 'likely', 'unlikely', name='Decision', native_enum=False, create_constraint=True, length=40), nullable=False),
            sa.Column('evidence', sa.JSON(), nullable=False),
            sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
            sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True),
            sa.Column('dismissed_by_id', sa.Integer(), nullable=True),
            sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
            sa.CheckConstraint('first_id < second_id', name=op.f(f'ck_{noun}_pairs_order')),
            sa.ForeignKeyConstraint(['first_id'], [f'{table}.id'], name=op.f(f'fk_{noun}_pairs_first_id'), ondelete='CASCADE'),
            sa.ForeignKeyConstraint(['second_id'], [f'{table}.id'], name=op.f(f'fk_{noun}_pairs_second_id'), ondelete='CASCADE'),
            sa.ForeignKeyConstraint(['dismissed_by_id'], ['users.id'], name=op.f(f'fk_{noun}_pairs_dismissed_by_id'), ondelete='SET NULL'),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{noun}_pairs')),
            sa.UniqueConstraint('first_id', 'second_id', name=op.f(f'uq_{noun}_pairs_first_id_second_id')),
        )
        op.create_index(op.f(f'ix_{noun}_pairs_second_id'), f'{noun}_pairs', ['second_id'])


def downgrade() -> None:
    """Remove them."""
    for noun, table in KINDS:
        op.drop_table(f'{noun}_pairs')
        op.drop_table(f'{noun}_keys')
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_compared_at'))
            batch_op.drop_column('compared_at')
