"""Pictures of mobilizations, and what the press wrote about them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.extensions import db
from app.models.mobilizing.coverage import MobilizationPicture, PressLink
from app.models.mobilizing.mobilizations import Mobilization
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.mobilizing.mobilizations import ANNOUNCED


def pictures_of(mobilization_id: int, *, shown: bool = False) -> Sequence[MobilizationPicture]:
    """Return the pictures of a mobilization in the order in which they came; if `shown`, those that everybody sees."""
    found = select(MobilizationPicture).where(MobilizationPicture.mobilization_id == mobilization_id)
    if shown:
        found = found.where(MobilizationPicture.shown_at.is_not(None))
    return db.session.scalars(found.where(kept(MobilizationPicture)).order_by(MobilizationPicture.id)).all()


def get_picture(mobilization: Mobilization, picture_id: int) -> MobilizationPicture:
    """Return a picture of a mobilization that is not removed."""
    wanted = (MobilizationPicture.id == picture_id, MobilizationPicture.mobilization_id == mobilization.id)
    return one(MobilizationPicture, *wanted, kept(MobilizationPicture))


def get_restorable_picture(mobilization: Mobilization, picture_id: int) -> MobilizationPicture:
    """Return a picture of a mobilization, also if it was removed and can still be restored."""
    wanted = (MobilizationPicture.id == picture_id, MobilizationPicture.mobilization_id == mobilization.id)
    return restorable(MobilizationPicture, *wanted)


def public_picture(campaign_id: int, key: str) -> MobilizationPicture:
    """Return the picture with this key, if everybody may see it and its mobilization."""
    announced = MobilizationPicture.mobilization_id.in_(select(Mobilization.id).where(*ANNOUNCED))
    return one(
        MobilizationPicture,
        MobilizationPicture.key == key,
        MobilizationPicture.campaign_id == campaign_id,
        MobilizationPicture.shown_at.is_not(None),
        kept(MobilizationPicture),
        announced,
    )


def removed_pictures() -> Sequence[MobilizationPicture]:
    """Return the removed pictures in scope that can be restored, latest first."""
    return removed_lately(MobilizationPicture)


def waiting_pictures(campaign_id: int) -> dict[int, int]:
    """Return how many pictures of each mobilization of a campaign wait for an organizer, by its id."""
    counted = select(MobilizationPicture.mobilization_id, func.count().label("number")).where(
        MobilizationPicture.campaign_id == campaign_id,
        MobilizationPicture.shown_at.is_(None),
        kept(MobilizationPicture),
    )
    standing = counted.join(MobilizationPicture.mobilization).where(kept(Mobilization))
    found = db.session.execute(standing.group_by(MobilizationPicture.mobilization_id))
    return {row.mobilization_id: row.number for row in found}


def press_of(*mobilization_ids: int) -> Sequence[PressLink]:
    """Return what the press wrote about mobilizations, in the order in which it was added."""
    found = select(PressLink).where(PressLink.mobilization_id.in_(mobilization_ids)).order_by(PressLink.id)
    return db.session.scalars(found).all()


def get_press_link(mobilization: Mobilization, press_link_id: int) -> PressLink:
    """Return a press link of a mobilization."""
    return one(PressLink, PressLink.id == press_link_id, PressLink.mobilization_id == mobilization.id)
