"""Navigation: the main places, the sections of each, and the breadcrumb trail of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext
from flask_login import current_user

from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.lookup import Missing
from app.text import N_
from app.web.access import Access, may, required_by


class Place(Enum):
    """The main places, in the order in which they are shown; the value is the name."""

    TODAY = N_("Today")
    CONGRESSES = N_("Congresses")
    PEOPLE = N_("People")
    ORGANIZATIONS = N_("Organizations")
    CAMPAIGNS = N_("Campaigns")
    ARTICLES = N_("Articles")
    ADMINISTRATION = N_("Administration")
    ACCOUNT = N_("My account")


IN_BAR = (Place.TODAY, Place.CONGRESSES, Place.PEOPLE, Place.CAMPAIGNS)
"""The places in the bottom bar on phones."""
IN_FOOTER = (Place.ORGANIZATIONS, Place.ARTICLES, Place.ADMINISTRATION)
IN_HEADER = tuple(place for place in Place if place not in (Place.ADMINISTRATION, Place.ACCOUNT))

_OWNERS = ("congress_id", "campaign_id")
"""URL arguments that identify what a page belongs to."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page that others are reached from; the navigation shows it to users who may open it."""

    place: Place
    endpoint: str
    name: str
    rank: int
    """Its position among the sections of its place, lowest first."""
    holds: tuple[str, ...] = ()
    """Blueprints and endpoints whose pages belong to it; an endpoint takes precedence over its blueprint."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation or a breadcrumb trail."""

    name: str
    url: str
    current: str | None = None
    """The value of `aria-current`: `page` for the current page, `true` for what it belongs to."""


def register(app: Flask, sections: Iterable[Section]) -> None:
    """Store the sections of all wings in the application and register the template helpers."""
    app.extensions["navigation"] = sorted(sections, key=lambda one: (list(Place).index(one.place), one.rank))
    app.jinja_env.globals.update(
        header_links=lambda: _places(IN_HEADER),
        bar_links=lambda: _places(IN_BAR),
        footer_links=lambda: _places(IN_FOOTER),
        local_links=local_links,
        trail_links=trail_links,
    )


def sections() -> list[Section]:
    """Return the sections of all wings, by place and rank."""
    known: list[Section] = current_app.extensions["navigation"]
    return known


def owner_of(endpoint: str) -> str | None:
    """Return the URL argument that identifies the congress or campaign of an endpoint's page."""
    arguments = next(current_app.url_map.iter_rules(endpoint)).arguments
    return next((name for name in _OWNERS if name in arguments), None)


def section_of(endpoint: str) -> Section | None:
    """Return the section that a page belongs to, or None; sections of the same congress or campaign take precedence."""
    blueprint = endpoint.partition(".")[0]
    for wanted in (endpoint, blueprint):
        holding = [one for one in sections() if wanted in (one.endpoint, *one.holds)]
        same = [one for one in holding if owner_of(one.endpoint) == owner_of(endpoint)]
        if holding:
            return (same or holding)[0]
    return None


def local_links() -> list[Link]:
    """Return the sections of the page's congress, campaign, or place; empty if there is only one."""
    here = _here()
    if here is None:
        return []
    name, arguments = _owner()
    beside = [one for one in sections() if one.place is here.place and owner_of(one.endpoint) == name]
    links = [_link(one, arguments, current=one is here) for one in beside if _may_open(one, arguments)]
    return links if len(links) > 1 else []


def trail_links(parents: Iterable[tuple[str, str]] = ()) -> list[Link]:
    """Return the links from the home page to this page, excluding the page itself.

    `parents` are the names and addresses of records between the section and the page.
    """
    here = _here()
    if here is None:
        return [Link(called, url) for called, url in parents]
    steps = [Link(gettext(Place.TODAY.value), url_for("today.index"))]
    first = _first(here.place)
    if first:
        steps.append(_link(first, {}, name=here.place.value))
    name, arguments = _owner()
    title = _owner_title(arguments)
    if title:
        overview = next(one for one in sections() if owner_of(one.endpoint) == name)
        steps.append(Link(title, url_for(overview.endpoint, **arguments)))
    if _may_open(here, arguments):
        steps.append(_link(here, arguments))
    steps += [Link(called, url) for called, url in parents]
    return _once(steps)


def _once(steps: list[Link]) -> list[Link]:
    """Return the links without the page itself and without duplicates."""
    by_url = {step.url: step for step in reversed(steps) if step.url != request.path}
    return [by_url[url] for url in reversed(by_url)]


def _places(places: Iterable[Place]) -> list[Link]:
    """Return the places that the user may open, each with the address of its first section."""
    here = _here()
    found = [(place, _first(place)) for place in places]
    return [
        _link(first, {}, name=place.value, current=here is not None and here.place is place)
        for place, first in found
        if first
    ]


def _first(place: Place) -> Section | None:
    """Return the first section of a place that belongs to no congress or campaign and that the user may open."""
    of_house = (one for one in sections() if one.place is place and owner_of(one.endpoint) is None)
    return next((one for one in of_house if _may_open(one, {})), None)


def _here() -> Section | None:
    """Return the section of the page, or None before access was checked, because nothing may be queried then."""
    return section_of(request.endpoint) if request.endpoint and "held" in g else None


def _owner() -> tuple[str | None, dict[str, Any]]:
    """Return the name and value of the argument that identifies the congress or campaign of the page."""
    arguments = request.view_args or {}
    name = next((name for name in _OWNERS if name in arguments), None)
    return name, ({name: arguments[name]} if name else {})


def _owner_title(arguments: Mapping[str, int]) -> str | None:
    """Return the title of the congress or campaign that the page belongs to, if it is in the user's scope."""
    try:
        if "congress_id" in arguments:
            return congresses.get(arguments["congress_id"]).title
        return campaigns.get(arguments["campaign_id"]).title if arguments else None
    except Missing:
        return None


def _may_open(section: Section, arguments: Mapping[str, int]) -> bool:
    required = required_by(section.endpoint)
    if isinstance(required, Permission):
        return may(required, arguments.get("congress_id"), arguments.get("campaign_id"))
    return required is Access.SIGNED_IN and bool(current_user.is_authenticated)


def _link(section: Section, arguments: Mapping[str, Any], *, name: str = "", current: bool = False) -> Link:
    exact = "page" if request.endpoint == section.endpoint else "true"
    own = arguments if owner_of(section.endpoint) else {}
    return Link(gettext(name or section.name), url_for(section.endpoint, **own), exact if current else None)
