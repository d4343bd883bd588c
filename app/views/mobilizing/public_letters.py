"""The public pages where members write to targets in their own words, with their own email program."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.countries import named
from app.domain.mobilizing import letters
from app.forms.mobilizing.letters import CountryForm, LetterForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.letters import LetterText
from app.models.mobilizing.targets import Target
from app.queries.lookup import Missing
from app.queries.mobilizing import letters as letter_queries
from app.queries.mobilizing import targets
from app.views.mobilizing.asking import campaign_of
from app.web import choices, rate_limits
from app.web.cookieless import add_message, public_page
from app.web.submit import ACTS, submit
from app.web.templating import locale_tag
from app.wording.mailto import LONGEST, mailto

bp = Blueprint("public_letters", __name__, url_prefix="/c/<slug>/letters")


@bp.get("")
@public_page
def choose(slug: str) -> ResponseReturnValue:
    """Show whom anyone can write to, those of the reader's country first."""
    campaign, form = campaign_of(slug), CountryForm(country=_reader_country())
    form.country.offer(choices.countries())
    form.validate()
    offered = targets.offered(campaign.id, language=locale_tag())
    return render_template(
        "mobilizing/public/letters.html",
        campaign=campaign,
        form=form,
        groups=_by_country(offered, form.country.data or None),
        counts=letter_queries.counts(campaign.id),
        total=letter_queries.tally(campaign.id).total,
    )


@bp.route("/<int:target_id>", methods=["GET", "POST"])
@public_page
def write(slug: str, target_id: int) -> ResponseReturnValue:
    """Offer a text to change, then the link to an email with it; count the letter when somebody says that it was sent."""
    campaign = campaign_of(slug)
    target = targets.get(campaign.id, target_id)
    if not targets.is_offered(target):
        return _over(campaign, target)
    texts = letter_queries.texts(campaign.id, [target.letter_language or locale_tag(), locale_tag()])
    text = _chosen(texts, letter_queries.counts(campaign.id).get(target.id, 0))
    form = LetterForm(
        subject=letters.filled(text.subject, target) if text else "",
        body=letters.filled(text.body, target) if text else "",
        country=_reader_country(),
    )
    form.country.offer(choices.countries())

    def page() -> str:
        return _page(form, target, texts, text)

    if not form.sent.data:
        form.validate_on_submit()
        return page(), form.http_status
    if rate_limits.too_often(rate_limits.LETTER, "letter"):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return page(), 429
    return submit(
        form,
        ACTS,
        write=lambda: letters.count(target, country=form.country.data or None, locale=locale_tag()),
        then=url_for("public_letters.choose", slug=slug),
        otherwise=page,
        done=gettext("Thank you. Your letter to %(name)s has been counted.", name=target.name),
    )


def _page(form: LetterForm, target: Target, texts: Sequence[LetterText], text: LetterText | None) -> str:
    """Return the page, with the link to the email if the letter is ready and not too long for a link."""
    is_ready = form.is_submitted() and not (form.subject.errors or form.body.errors)
    subject, body = str(form.subject.data or ""), str(form.body.data or "")
    link = mailto(target.email, subject, body) if is_ready and target.email else ""
    return render_template(
        "mobilizing/public/letter.html",
        campaign=target.campaign,
        form=form,
        target=target,
        texts=texts,
        text=text,
        is_ready=is_ready,
        link=link if len(link) <= LONGEST else "",
        empty_link=mailto(target.email, subject, "") if is_ready and target.email else "",
    )


def _chosen(texts: Sequence[LetterText], written: int) -> LetterText | None:
    """Return the text that the address names, otherwise one of those in the first language, in turn, so that letters differ."""
    named = request.args.get("text", type=int)
    found = [text for text in texts if text.id == named]
    if found or not texts:
        return found[0] if found else None
    same = [text for text in texts if text.letter_language == texts[0].letter_language]
    return same[written % len(same)]


def _over(campaign: Campaign, target: Target) -> ResponseReturnValue:
    """Lead to the others if a target does what is asked of it; nobody is told of those that were never to be written to."""
    if not (target.open_to_letters and targets.statuses([target])[target.id].is_won):
        raise Missing("target")
    add_message(gettext("Nobody is asked to write to %(name)s any more: it has agreed. Thank you.", name=target.name))
    return redirect(url_for("public_letters.choose", slug=campaign.slug))


def _by_country(offered: Sequence[Target], first: str | None) -> list[tuple[str | None, list[Target]]]:
    """Return targets by country: the first one, then the others in their order, then those of no country."""
    groups = [(country, list(its)) for country, its in groupby(offered, key=lambda one: one.country)]
    return sorted(groups, key=lambda group: group[0] != first or first is None)


def _reader_country() -> str:
    """Return the country that somebody chose, or the one that the browser names with its language, such as es-CO."""
    chosen = request.args.get("country")
    if chosen is not None:
        return chosen
    known = named(locale_tag())
    regions = [tag.partition("-")[2].upper() for tag in request.accept_languages.values()]
    return next((region for region in regions if region in known), "")
