"""Followed feeds."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.accounts import removals
from app.domain.press import feeds
from app.domain.press.feeds import FOLLOWED_ALREADY, NO_FEED
from app.fetching import Failure
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.press.feeds import FeedForm
from app.models.press.feeds import Feed
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.press import feeds as feed_queries
from app.text import N_
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, press, submit
from app.web.templating import at_reader

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

_EXPLANATIONS = {
    Failure.REFUSED_ADDRESS.value: N_(
        "This address cannot be fetched: it does not exist, or it is not on the public web. Check the spelling."
    ),
    Failure.TOO_LARGE.value: N_("The file at this address is too large."),
    Failure.TOO_SLOW.value: N_("The server takes too long to respond."),
    Failure.UNREACHABLE.value: N_("The server cannot be reached."),
    Failure.NOT_FOUND.value: N_("There is nothing at this address."),
    Failure.GONE.value: N_("The publisher has discontinued it."),
    Failure.BLOCKED.value: N_("The publisher does not allow automated access to it."),
    Failure.WRONG_TYPE.value: N_("There is no feed or page at this address."),
    Failure.TOO_MANY_REDIRECTS.value: N_("The address redirects in a loop."),
    NO_FEED: N_("There is no feed here, and the page does not link to one."),
    FOLLOWED_ALREADY: N_("It leads to a feed that is already followed or was removed."),
}


@bp.route("", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def index() -> ResponseReturnValue:
    """Show the feeds and their status; follow another feed."""
    form = FeedForm()
    shows = [
        ("", gettext("all")),
        (feed_queries.Show.ANSWERING.value, gettext("read")),
        (feed_queries.Show.FAILING.value, gettext("not responding")),
        (feed_queries.Show.PAUSED.value, gettext("paused")),
    ]
    listed = ListForm(gettext("Title or address"), shows)
    counts = feed_queries.new_counts()
    page = feed_queries.find(listed.typed, listed.shown, page_number())
    done = gettext("It will be checked within a minute. New articles will appear under Incoming articles.")
    return submit(
        form,
        creates(),
        write=lambda: feeds.add(str(form.url.data), by=reader()),
        then=url_for("feeds.index"),
        otherwise=lambda: render_template(
            "press/feeds/index.html",
            listed=listed,
            page=page,
            works={feed.id: feed_queries.progress(feed) for feed in page.rows},
            counts=counts,
            form=form,
            explanation=_explanation,
        ),
        done=done,
    )


@bp.post("/<int:feed_id>/pause")
@requires(Permission.ARTICLE_EDIT)
def pause(feed_id: int) -> ResponseReturnValue:
    """Pause a feed."""
    feed = feed_queries.get(feed_id)
    return press(
        lambda: feeds.pause(feed),
        then=url_for("feeds.index"),
        done=gettext("Paused. It will not be checked until you resume it."),
    )


@bp.post("/<int:feed_id>/resume")
@requires(Permission.ARTICLE_EDIT)
def resume(feed_id: int) -> ResponseReturnValue:
    """Resume a feed."""
    feed = feed_queries.get(feed_id)
    return press(lambda: feeds.resume(feed), then=url_for("feeds.index"), done=lambda _: _when(feed))


@bp.post("/<int:feed_id>/check")
@requires(Permission.ARTICLE_EDIT)
def check(feed_id: int) -> ResponseReturnValue:
    """Request a feed as soon as its server's limits allow."""
    feed = feed_queries.get(feed_id)
    return press(lambda: feeds.request_now(feed), then=url_for("feeds.index"), done=lambda _: _when(feed))


@bp.route("/<int:feed_id>/remove", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def remove(feed_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences, and remove a feed."""
    feed = feed_queries.get(feed_id)
    form = Button()
    return submit(
        form,
        ACTS,
        write=lambda: removals.remove(feed, by=reader()),
        then=url_for("feeds.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html", form=form, name=feed.title or feed.url, consequences=_consequences(feed),
            trail=[(gettext("Articles"), url_for("articles.index")), (gettext("Feeds"), url_for("feeds.index"))],
        ),
        done=gettext("The feed was removed. It can be restored for %(days)d days.", days=REMOVED_FOR.days),
    )  # fmt: skip


@bp.post("/<int:feed_id>/bring-back")
@requires(Permission.ARTICLE_EDIT)
def bring_back(feed_id: int) -> ResponseReturnValue:
    """Restore a removed feed."""
    feed = feed_queries.get(feed_id)
    return press(lambda: removals.bring_back(feed), then=url_for("feeds.index"), done=gettext("The feed was restored."))


def removed() -> list[Removed]:
    """Return the removed feeds that the user may restore."""
    if not may(Permission.ARTICLE_EDIT):
        return []
    return [
        Removed(one.title or one.url, gettext("feed"), one, url_for("feeds.bring_back", feed_id=one.id))
        for one in feed_queries.removed()
    ]


def _consequences(feed: Feed) -> list[str]:
    """Return the consequences of removing a feed, as sentences."""
    listed = feed_queries.new_counts().get(feed.id, 0)
    entries = ngettext(
        "%(num)d article from it that nobody has imported will disappear from the list.",
        "%(num)d articles from it that nobody has imported will disappear from the list.",
        listed,
    )
    asked = feed.fetched_at and gettext("It was last fetched %(when)s.", when=at_reader(feed.fetched_at))
    kept = gettext("Articles already imported from it are kept.")
    return [entries, asked or gettext("It has not been fetched yet."), kept]


def _when(feed: Feed) -> str:
    """Return a message that says when the feed will be requested."""
    if feed.paused_at is None and feed.next_fetch_at > clock.now():
        return str(
            gettext(
                "Feeds on this server cannot be checked this often. The next check is %(when)s.",
                when=at_reader(feed.next_fetch_at),
            )
        )
    return str(gettext("It will be checked within a minute."))


def _explanation(feed: Feed) -> str:
    """Return an explanation of the last failure, or an empty string."""
    sentence = _EXPLANATIONS.get(feed.last_failure or "")
    return str(gettext(sentence)) if sentence else ""
