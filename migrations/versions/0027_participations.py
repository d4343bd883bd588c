"""A person can take part in several congresses and campaigns"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'

PARTS = ('congress', 'campaign')
COLUMNS = ('congress_id', 'campaign_id')


def upgrade() -> None:
    """Move the congress or campaign of each person to a table of its own, also in the stored changes."""
    op.create_table(
        'participations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=True),
        sa.Column('campaign_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['campaign_id'], ['campaigns.id'], name=op.f('fk_participations_campaign_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['congress_id'], ['congresses.id'], name=op.f('fk_participations_congress_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_participations_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_participations')),
        sa.UniqueConstraint('person_id', 'campaign_id', name=op.f('uq_participations_person_id_campaign_id')),
        sa.UniqueConstraint('person_id', 'congress_id', name=op.f('uq_participations_person_id_congress_id')),
    )
    for column in ('campaign_id', 'congress_id', 'person_id'):
        op.create_index(op.f(f'ix_participations_{column}'), 'participations', [column])
    op.execute("""
        INSERT INTO participations (person_id, created_at, congress_id, campaign_id)
        SELECT id, created_at, congress_id, campaign_id FROM people
        WHERE congress_id IS NOT NULL OR campaign_id IS NOT NULL
    """)
    with op.batch_alter_table('people', schema=None) as batch_op:
        for part in PARTS:
            batch_op.drop_index(batch_op.f(f'ix_people_{part}_id'))
            batch_op.drop_constraint(batch_op.f(f'fk_people_{part}_id'), type_='foreignkey')
            batch_op.drop_column(f'{part}_id')
    _forget_columns()


def downgrade() -> None:
    """Keep the first congress or campaign of each person."""
    with op.batch_alter_table('people', schema=None) as batch_op:
        for part in PARTS:
            batch_op.add_column(sa.Column(f'{part}_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f'fk_people_{part}_id'), f'{part}es' if part == 'congress' else f'{part}s',
                [f'{part}_id'], ['id'], ondelete='CASCADE',
            )  # fmt: skip
            batch_op.create_index(batch_op.f(f'ix_people_{part}_id'), [f'{part}_id'])
    for part in PARTS:
        op.execute(f"""
            UPDATE people SET {part}_id = (
                SELECT {part}_id FROM participations
                WHERE id = (SELECT min(id) FROM participations WHERE person_id = people.id)
            )
        """)
    op.drop_table('participations')


def _forget_columns() -> None:
    """Remove the columns that people no longer have from the stored changes that can be undone."""
    entries = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    connection = op.get_bind()
    for entry in connection.execute(sa.select(entries)).all():
        changes = [_without_columns(change) if change['table'] == 'people' else change for change in entry.changes]
        if changes != entry.changes:
            connection.execute(entries.update().where(entries.c.id == entry.id).values(changes=changes))


def _without_columns(change: dict[str, Any]) -> dict[str, Any]:
    sides = {side: {key: value for key, value in change[side].items() if key not in COLUMNS} for side in ('before', 'after')}
    return change | sides
