"""Pictures of mobilizations, which an organizer shows to everybody or not, and what the press wrote."""

import secrets
from collections.abc import Mapping
from typing import TypedDict

from app import clock, pictures
from app.domain.accounts import audit, removals
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.coverage import MobilizationPicture, PressLink
from app.models.mobilizing.mobilizations import Mobilization
from app.models.press.articles import Article
from app.pictures import PictureRefused, Refusal
from app.queries.mobilizing import coverage
from app.queries.press import articles
from app.text import N_

MOST_PICTURES = 30
"""The most pictures that a mobilization has."""
MOST_LINKS = 50
_LARGE = {"longest_side": 1600, "most_bytes": 400_000}
_SMALL = {"longest_side": 480, "most_bytes": 40_000}
REFUSED: Mapping[Refusal, str] = {
    Refusal.TOO_LARGE: N_("The file is too large. Make the picture smaller first."),
    Refusal.UNKNOWN: N_("This is not a JPEG, PNG or WebP picture."),
    Refusal.TOO_MANY_PIXELS: N_("The picture has too many pixels. Make it smaller first."),
    Refusal.BROKEN: N_("The picture is damaged or cannot be read."),
}


class PictureValues(TypedDict):
    """A picture as it is uploaded."""

    content: bytes
    description: str
    credit: str | None


class PressValues(TypedDict):
    """An article on record, or an address with its headline."""

    article: Article | None
    url: str | None
    title: str | None


def add_picture(mobilization: Mobilization, values: PictureValues, *, is_shown: bool) -> MobilizationPicture:
    """Store a picture without anything that its file says besides; if not `is_shown`, it waits for an organizer.

    Raises DomainError if it is not a picture, if it is too large, or if there are enough.
    """
    if not values["description"]:
        raise DomainError("description", N_("Describe what is to be seen, for those who cannot see it."))
    if len(coverage.pictures_of(mobilization.id)) >= MOST_PICTURES:
        raise DomainError("file", N_("There are enough pictures already. Remove one first."))
    try:
        large = pictures.fitted(values["content"], **_LARGE)
        small = pictures.fitted(large.content, **_SMALL)
    except PictureRefused as error:
        raise DomainError("file", REFUSED[error.refusal]) from error
    now = clock.now()
    picture = MobilizationPicture(
        campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id, key=secrets.token_urlsafe(16),
        description=values["description"], credit=values["credit"], width=large.width, height=large.height,
        content=large.content, small=small.content, added_at=now, shown_at=now if is_shown else None,
    )  # fmt: skip
    db.session.add(picture)
    db.session.flush()
    audit.note(mobilization, "changed", {}, {"picture": picture.description})
    return picture


def show_picture(picture: MobilizationPicture) -> None:
    """Let everybody see a picture."""
    if picture.shown_at is None:
        picture.shown_at = clock.now()


def hide_picture(picture: MobilizationPicture) -> None:
    """Show a picture to the organizers and the host only."""
    picture.shown_at = None


def add_press_link(mobilization: Mobilization, values: PressValues) -> PressLink:
    """Add what the press wrote; if an article with this address is on record, that one.

    Raises DomainError if nothing or both is given, or if it has been added already.
    """
    check_press(values["article"], values["url"])
    article, url = values["article"], values["url"]
    if url is not None:
        article = next(iter(articles.at_address(url)), None)
    known = coverage.press_of(mobilization.id)
    if any(one.article_id == article.id if article else one.url == url for one in known):
        raise DomainError("article" if values["article"] else "url", N_("This has been added already."))
    if len(known) >= MOST_LINKS:
        raise DomainError("url", N_("There are enough links already."))
    link = PressLink(
        campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id, article=article,
        url=None if article else url, title=None if article else values["title"], added_at=clock.now(),
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    audit.note(mobilization, "changed", {}, {"press": link.headline})
    return link


def remove_press_link(mobilization: Mobilization, link: PressLink) -> None:
    """Remove what the press wrote from a mobilization."""
    audit.note(mobilization, "changed", {"press": link.headline}, {})
    db.session.delete(link)
    db.session.flush()


def check_press(article: Article | None, url: str | None) -> None:
    """Raise DomainError unless either an article or an address is given."""
    if (article is None) == (not url):
        raise DomainError("url", N_("Enter the address, or choose an article."))


def sweep() -> None:
    """Delete pictures that were removed too long ago to be restored."""
    removals.forget(MobilizationPicture)
