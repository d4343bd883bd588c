"""Undo entries use the new endpoints of legs and separate itineraries"""

from alembic import op

revision = '0016'
down_revision = '0015'

RENAMED = {'travel.delete_leg': 'legs.delete', 'travel.end_party': 'parties.end'}


def _rename(names: dict[str, str]) -> None:
    for before, after in names.items():
        op.execute(f"UPDATE undo_entries SET endpoint = '{after}' WHERE endpoint = '{before}'")


def upgrade() -> None:
    """Write the new names."""
    _rename(RENAMED)


def downgrade() -> None:
    """Write the names that stood before."""
    _rename({after: before for before, after in RENAMED.items()})
