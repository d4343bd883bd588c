"""Templates of actions, and where they were used."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.actions.templates import ActionTemplate, Anchor, TemplateItem, TemplateUse
from app.queries.lookup import one
from app.queries.paging import Page, holding_words, page_of


def get(template_id: int) -> ActionTemplate:
    """Return a template with its actions."""
    return one(ActionTemplate, ActionTemplate.id == template_id, options=(selectinload(ActionTemplate.items),))


def get_item(template_id: int, item_id: int) -> TemplateItem:
    """Return an action of a template."""
    return one(TemplateItem, TemplateItem.template_id == template_id, TemplateItem.id == item_id)


def find(typed: str = "", number: int = 1) -> Page[ActionTemplate]:
    """Return a page of the templates in scope whose title or note contains every word of `typed`, by title."""
    found = select(ActionTemplate).where(*holding_words(typed, ActionTemplate.title, ActionTemplate.note))
    ordered = found.order_by(ActionTemplate.title, ActionTemplate.id).options(selectinload(ActionTemplate.items))
    return page_of(ordered, number)


def uses_of_congress(congress_id: int) -> Sequence[TemplateUse]:
    """Return the uses of templates whose date is the first or the last day of a congress."""
    return db.session.scalars(select(TemplateUse).where(TemplateUse.congress_id == congress_id, _FOLLOWS)).all()


def uses_of_campaign(campaign_id: int) -> Sequence[TemplateUse]:
    """Return the uses of templates whose date is the first or the last day of a campaign."""
    return db.session.scalars(select(TemplateUse).where(TemplateUse.campaign_id == campaign_id, _FOLLOWS)).all()


def open_of(use: TemplateUse) -> Sequence[FollowUp]:
    """Return the open actions that were created by a use of a template."""
    of_use = select(FollowUp).where(FollowUp.template_use_id == use.id, FollowUp.status.in_(OPEN_STATUSES))
    return db.session.scalars(of_use.order_by(FollowUp.id)).all()


_FOLLOWS = TemplateUse.anchor != Anchor.DAY
