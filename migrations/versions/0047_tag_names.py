"""Tags have names in each language of the pages"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'

FIRST = 'es'
"""The language in which the name that a tag had is stored; readers of others see it as long as there is no other."""
TAGS = sa.table('tags', sa.column('id'), sa.column('name'), sa.column('names', sa.JSON()))
ENTRIES = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))


def upgrade() -> None:
    """Keep the names of tags by language, also in the stored changes that can be undone."""
    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.add_column(sa.Column('names', sa.JSON(), nullable=True))
    _fill(TAGS.c.name, 'names', lambda name: {FIRST: name})
    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.alter_column('names', existing_type=sa.JSON(), nullable=False)
        batch_op.drop_column('name')
    _rename('name', 'names', lambda name: {FIRST: name})


def downgrade() -> None:
    """Keep one name of each tag."""
    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(length=80), nullable=True))
    _fill(TAGS.c.names, 'name', _first)
    with op.batch_alter_table('tags', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=80), nullable=False)
        batch_op.drop_column('names')
    _rename('names', 'name', _first)


def _first(names: dict[str, str]) -> str:
    return names.get(FIRST) or next(iter(names.values()), '')


def _fill(source: Any, target: str, converted: Callable[[Any], Any]) -> None:
    connection = op.get_bind()
    for number, value in connection.execute(sa.select(TAGS.c.id, source)).all():
        connection.execute(TAGS.update().where(TAGS.c.id == number).values({target: converted(value)}))


def _rename(old: str, new: str, converted: Callable[[Any], Any]) -> None:
    """Give the column its new name and form in the stored changes of tags."""
    connection = op.get_bind()
    for entry in connection.execute(sa.select(ENTRIES)).all():
        changes = [_renamed(one, old, new, converted) if one['table'] == 'tags' else one for one in entry.changes]
        if changes != entry.changes:
            connection.execute(ENTRIES.update().where(ENTRIES.c.id == entry.id).values(changes=changes))


def _renamed(change: dict[str, Any], old: str, new: str, converted: Callable[[Any], Any]) -> dict[str, Any]:
    sides = {
        side: {new if name == old else name: converted(value) if name == old else value for name, value in change[side].items()}
        for side in ('before', 'after')
    }
    return change | sides
