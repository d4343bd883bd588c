"""Lists of people and organizations are sorted by indexes, and remembered for an account"""

import sqlalchemy as sa
from alembic import op

from app.dialects import by_character
from app.text import sort_key

revision = '0046'
down_revision = '0045'

TABLES = ('people', 'organizations')
VALUES = ('words', 'number', 'day')


def upgrade() -> None:
    """Add the keys of towns, the indexes, and the table of what accounts want to be remembered."""
    for table in TABLES:
        op.add_column(table, sa.Column('locality_key', by_character(), server_default='', nullable=False))
        _fill(table)
        op.drop_index(f'ix_{table}_sort_key', table)
    op.drop_index('ix_organizations_country', 'organizations')
    for table in TABLES:
        op.create_index(f'ix_{table}_sort_key', table, ['sort_key', 'id'])
        op.create_index(f'ix_{table}_sort_key_without_n_tilde', table, [sa.text("replace(sort_key, 'n~', 'n')"), 'id'])
        op.create_index(f'ix_{table}_country', table, ['country', 'sort_key', 'id'])
        op.create_index(f'ix_{table}_locality_key', table, ['locality_key', 'sort_key', 'id'])
        op.create_index(f'ix_{table}_created_at', table, ['created_at', 'id'])
    op.create_index('ix_people_preferred_language', 'people', ['preferred_language'])
    for column in VALUES:
        op.drop_index(f'ix_custom_values_field_id_{column}', 'custom_values')
        op.create_index(f'ix_custom_values_field_id_{column}', 'custom_values', ['field_id', column, 'id'])
    op.create_table(
        'list_views',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('list_name', sa.Enum('people', 'organizations', name='ListName', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('columns', sa.JSON(), nullable=False),
        sa.Column('sorting', sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_list_views_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_list_views')),
        sa.UniqueConstraint('user_id', 'list_name', name=op.f('uq_list_views_user_id_list_name')),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table('list_views')
    for column in VALUES:
        op.drop_index(f'ix_custom_values_field_id_{column}', 'custom_values')
        op.create_index(f'ix_custom_values_field_id_{column}', 'custom_values', ['field_id', column])
    op.drop_index('ix_people_preferred_language', 'people')
    for table in TABLES:
        for name in ('sort_key', 'sort_key_without_n_tilde', 'country', 'locality_key', 'created_at'):
            op.drop_index(f'ix_{table}_{name}', table)
        op.create_index(f'ix_{table}_sort_key', table, ['sort_key'])
        op.drop_column(table, 'locality_key')
    op.create_index('ix_organizations_country', 'organizations', ['country'])


def _fill(table: str) -> None:
    """Write the key of each town, once for all rows that name it."""
    rows = sa.table(table, sa.column('locality', sa.String), sa.column('locality_key', sa.String))
    towns = op.get_bind().scalars(sa.select(rows.c.locality).where(rows.c.locality.is_not(None)).distinct()).all()
    for town in towns:
        op.execute(sa.update(rows).where(rows.c.locality == town).values(locality_key=sort_key(town)))
