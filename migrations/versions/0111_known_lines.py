"""Ferry and train lines that come with Encuentro; crossings that are ferries over the sea"""

import sqlalchemy as sa
from alembic import op

revision = '0111'
down_revision = '0110'

FERRIES = (
    'Dover–Calais', 'Estrecho de Gibraltar, Tarifa–Tanger', 'Batam–Singapore', 'Puerto Barrios–Punta Gorda',
    'Río de la Plata, Buenos Aires–Colonia',
)


def upgrade() -> None:
    """Allow services that are built in, and close these crossings with the sea."""
    _allow(('file', 'entered', 'built_in'))
    _travel('river', 'sea')


def downgrade() -> None:
    """Remove built-in services; the ferries are rivers again."""
    op.execute("DELETE FROM services WHERE source = 'built_in'")
    _allow(('file', 'entered'))
    _travel('sea', 'river')


def _allow(sources: tuple[str, ...]) -> None:
    condition = 'source IN ({})'.format(', '.join(f"'{source}'" for source in sources))
    with op.batch_alter_table('services') as batch_op:
        name = batch_op.f('ck_services_ServiceSource')
        batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, sa.text(condition))


def _travel(before: str, after: str) -> None:
    crossings = sa.table('crossings', sa.column('name', sa.String()), sa.column('mode', sa.String()))
    ferries = sa.and_(crossings.c.name.in_(FERRIES), crossings.c.mode == before)
    op.get_bind().execute(sa.update(crossings).where(ferries).values(mode=after))
