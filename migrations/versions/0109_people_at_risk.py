"""People at risk"""

import sqlalchemy as sa
from alembic import op

from app.text import contact_key

revision = '0109'
down_revision = '0108'

DETAILS = sa.table(
    'contact_details', sa.column('id', sa.Integer()), sa.column('value', sa.String()), sa.column('key', sa.String()),
    sa.column('sealed_value', sa.String()),
)  # fmt: skip


def upgrade() -> None:
    """Nobody is marked yet, so nothing is sealed."""
    op.add_column('people', sa.Column('is_at_risk', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('contact_details', sa.Column('sealed_value', sa.String(), nullable=True))
    op.add_column('contact_details', sa.Column('key_digest', sa.String(length=40), nullable=True))
    is_sealed = sa.text('key_digest IS NOT NULL')
    op.create_index(
        'ix_contact_details_key_digest', 'contact_details', ['key_digest'],
        sqlite_where=is_sealed, postgresql_where=is_sealed,
    )  # fmt: skip


def downgrade() -> None:
    """Store contact details as they are."""
    bind = op.get_bind()
    keyring = getattr(bind.dialect, 'keyring', None)
    for row in bind.execute(sa.select(DETAILS).where(DETAILS.c.sealed_value.is_not(None))).all():
        text = keyring.open(row.sealed_value, 'contact_details.sealed_value')
        values = {'value': text, 'key': contact_key(text)}
        bind.execute(DETAILS.update().where(DETAILS.c.id == row.id).values(values))
    op.drop_index('ix_contact_details_key_digest', 'contact_details')
    for table, column in (('contact_details', 'key_digest'), ('contact_details', 'sealed_value'), ('people', 'is_at_risk')):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
