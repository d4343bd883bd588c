"""Ids of people, organizations and delegates are not reused in SQLite; interactions keep the organizations that they name"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'

TABLES = ('people', 'organizations', 'delegates')
"""Tables whose old ids appear in addresses and personal links after a merge."""


def upgrade() -> None:
    """Rebuild the tables in SQLite, where an id is otherwise used again if it was the highest."""
    _rebuild(sqlite_autoincrement=True)
    if _is_sqlite():
        for name in TABLES:
            _skip_merged_ids(name)
    _refer_to_organizations(ondelete='RESTRICT')


def downgrade() -> None:
    """Let SQLite use ids again."""
    _refer_to_organizations(ondelete='CASCADE')
    _rebuild()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _rebuild(**options: bool) -> None:
    for name in TABLES if _is_sqlite() else ():
        with op.batch_alter_table(name, recreate='always', table_kwargs=options):
            pass


def _skip_merged_ids(name: str) -> None:
    """Let the next id be higher than all that were ever merged."""
    stored = f"SELECT max(id) AS id FROM {name} UNION ALL SELECT max(old_id) FROM merged_ids WHERE table_name = '{name}'"
    op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name").bindparams(name=name))
    highest = f"INSERT INTO sqlite_sequence (name, seq) SELECT :name, coalesce(max(id), 0) FROM ({stored})"
    op.execute(sa.text(highest).bindparams(name=name))


def _refer_to_organizations(ondelete: str) -> None:
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        name = batch_op.f('fk_interactions_organization_id')
        batch_op.drop_constraint(name, type_='foreignkey')
        batch_op.create_foreign_key(name, 'organizations', ['organization_id'], ['id'], ondelete=ondelete)
