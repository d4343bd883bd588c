"""Cleans up after erasures: attached files, free pages and the log of the database, and the journal beside the backups.

It commits, because none of this can be part of the transaction that erased somebody. All of it can be repeated.
"""

from sqlalchemy import select

from app import clock
from app.attached_files import Shelf
from app.backups import journal
from app.config import Config
from app.dialects.rewriting import rewrite
from app.domain.privacy import erasures
from app.extensions import db
from app.models.actions.attachments import Attachment
from app.models.people.people import Person
from app.models.privacy.erasures import Erasure
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope


def clean(settings: Config) -> bool:
    """Clean up after all erasures that need it; return False if others used the database, so that it has to be tried again."""
    with in_every_scope():
        erased = db.session.scalars(select(Erasure).where(Erasure.cleaned_at.is_(None)).order_by(Erasure.id)).all()
        if not erased:
            return True
        _delete_files(Shelf(settings.attachments_dir), {key for one in erased for key in one.file_keys})
        journal.write(settings.backups_dir, map(_told, db.session.scalars(select(Erasure).order_by(Erasure.id))))
        ids, tables = [one.id for one in erased], {name for one in erased for name in one.counts}
        db.session.rollback()  # nothing may be open while the database is rewritten
        if not rewrite(db.engine, tables):
            return False
        for one in db.session.scalars(select(Erasure).where(Erasure.id.in_(ids))):
            one.cleaned_at, one.file_keys = clock.now(), []
    db.session.commit()
    return True


def erase_again(settings: Config) -> int:
    """Erase whom an older backup has brought back, as the journal tells; return how many.

    Numbers of people may be given again after a restore, so only those count who were recorded before the erasure.
    """
    again = 0
    with in_every_scope():
        for told in journal.read(settings.backups_dir):
            found = (
                select(Person).where(Person.id.in_(told.people), Person.created_at <= told.instant).order_by(Person.id)
            )
            for person in db.session.scalars(found, execution_options=REMOVED).all():
                erasures.erase(person, by=None, is_again=True)
                again += 1
            erasures.suppress_again(told.addresses)
        db.session.commit()
    return again


def _delete_files(shelf: Shelf, keys: set[str]) -> None:
    still = set(db.session.scalars(select(Attachment.key).where(Attachment.key.in_(keys)), execution_options=REMOVED))
    for key in keys - still:
        shelf.delete(key)


def _told(erasure: Erasure) -> journal.Erased:
    return journal.Erased(erasure.at.isoformat(), tuple(erasure.person_ids), tuple(erasure.address_digests))
