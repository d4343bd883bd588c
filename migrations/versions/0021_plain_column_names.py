"""Columns are named after what they hold: failures, the consent text, preferences, requests"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'

RENAMED = {
    'articles': {'link_word': 'link_failure'},
    'feeds': {'last_word': 'last_failure'},
    'intakes': {'word': 'failure'},
    'link_rounds': {'asked': 'requests'},
    'subscriptions': {'agreed_words': 'consent_text'},
    'subscription_requests': {'agreed_words': 'consent_text', 'wishes': 'preferences'},
}


def upgrade() -> None:
    """Rename the columns, also in the stored changes that can be undone."""
    _rename(RENAMED)


def downgrade() -> None:
    """Give the columns their previous names."""
    _rename({table: {new: old for old, new in columns.items()} for table, columns in RENAMED.items()})


def _rename(renamed: dict[str, dict[str, str]]) -> None:
    for table, columns in renamed.items():
        for old, new in columns.items():
            # Not as a batch: SQLite would copy every article, and its full-text index refers to the table.
            op.execute(f'ALTER TABLE {table} RENAME COLUMN {old} TO {new}')
    entries = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    connection = op.get_bind()
    for entry in connection.execute(sa.select(entries)).all():
        changes = [_with_new_names(change, renamed.get(change['table'], {})) for change in entry.changes]
        if changes != entry.changes:
            connection.execute(entries.update().where(entries.c.id == entry.id).values(changes=changes))


def _with_new_names(change: dict[str, Any], columns: dict[str, str]) -> dict[str, Any]:
    """Return a stored change whose columns have their new names."""
    values = {
        side: {columns.get(name, name): value for name, value in change[side].items()} for side in ('before', 'after')
    }
    return change | values
