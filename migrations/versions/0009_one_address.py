"""Addresses are compared without scheme, `www.`, wrappers and parameters that identify a reader.

Keys are computed by the application itself, because they must equal those that it searches for.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import SplitResult, urlsplit

import sqlalchemy as sa
from alembic import op

from app.reading.addresses import address_key, cleaned

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_ADDRESSED = [
    sa.table(name, sa.column('id'), sa.column('url'), sa.column('address_key')) for name in ('articles', 'intakes')
]
_FEEDS = sa.table(
    'feeds', sa.column('id'), sa.column('url'), sa.column('address_key'), sa.column('claim'), sa.column('last_word'),
    sa.column('paused_at', sa.DateTime(timezone=True)), sa.column('removed_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Recompute the keys of articles, intakes and feeds, and remove parameters that identify readers from articles."""
    connection = op.get_bind()
    for table in _ADDRESSED:
        for row in connection.execute(sa.select(table).where(table.c.url.is_not(None))).all():
            values = {'url': cleaned(row.url), 'address_key': address_key(row.url)}
            if (row.url, row.address_key) != (values['url'], values['address_key']):
                connection.execute(table.update().where(table.c.id == row.id).values(values))
    _give_feeds(address_key)


def downgrade() -> None:
    """Restore the previous keys; cleaned addresses stay cleaned."""
    connection = op.get_bind()
    for table in _ADDRESSED:
        for row in connection.execute(sa.select(table).where(table.c.url.is_not(None))).all():
            connection.execute(table.update().where(table.c.id == row.id).values(address_key=_key_before(row.url)))
    _give_feeds(_key_before)


def _give_feeds(key_of: Callable[[str], str]) -> None:
    """Recompute the keys of feeds. Of duplicates, the first active one is kept and the others are paused."""
    connection = op.get_bind()
    feeds = connection.execute(sa.select(_FEEDS)).all()
    taken: set[str] = set()
    connection.execute(_FEEDS.update().values(address_key=sa.literal('moving ') + sa.cast(_FEEDS.c.id, sa.String)))
    for feed in sorted(feeds, key=lambda feed: (feed.removed_at is not None, feed.paused_at is not None, feed.id)):
        key = key_of(feed.url)
        values = {'address_key': key}
        if key in taken:
            values = {'address_key': f'{key}-{feed.id}', 'last_word': 'followed_already', 'claim': None}
            values['paused_at'] = feed.paused_at or datetime.now(UTC)
        taken.add(key)
        connection.execute(_FEEDS.update().where(_FEEDS.c.id == feed.id).values(values))


def _key_before(url: str) -> str:
    """Return the previous key of app/reading/addresses.py."""
    try:
        parts = urlsplit(''.join(url.split()))
        name, port = (parts.hostname or '').rstrip('.'), parts.port
    except ValueError:
        normal = url
    else:
        name = f'[{name}]' if ':' in name else name
        host = name if port in (None, {'http': 80, 'https': 443}.get(parts.scheme)) else f'{name}:{port}'
        asked = [one for one in parts.query.split('&') if one and not re.fullmatch(r'(?i)utm_\w+|fbclid|gclid', one.partition('=')[0])]
        normal = SplitResult(parts.scheme, host, parts.path.rstrip('/'), '&'.join(asked), '').geturl()
    return hashlib.sha256(normal.encode('utf-8', 'replace')).hexdigest()
