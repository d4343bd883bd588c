"""The part of the demo with an import that waits for somebody to look at its preview."""

import io

from app.commands.seeds import Seeds
from app.config import SEEDS
from app.domain.imports import imports, running
from app.domain.imports.imports import ColumnValues
from app.models.imports.imports import Import


def record(seeds: Seeds) -> None:
    """Upload the file and check its rows."""
    content = (SEEDS / "imported.csv").read_bytes()
    work = imports.begin(io.BytesIO(content), "contactos.csv", by=seeds.users["admin"])
    _run(work)
    values = ColumnValues(mapping=list(work.mapping), key=work.key, key_field=None, policy=work.policy, country="VE")
    imports.map_columns(work, values, by=seeds.users["admin"])
    _run(work)


def _run(work: Import) -> None:
    for _done in running.step(work):
        pass
