"""The filters of lists of actions: for their pages, their downloads, and what is done with all that is listed."""

from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_babel import gettext

from app import clock
from app.domain.actions.follow_ups import Where
from app.forms.actions.lists import FollowUpListForm
from app.models.actions.follow_ups import FollowUpStatus, Priority
from app.models.scoping import EVERYTHING, current_scope
from app.policy import Permission
from app.queries.actions import brigades as brigade_queries
from app.queries.actions import filters
from app.queries.actions.filters import FollowUpFilter, Holder, Part, Show, Sorting, SubjectKind, View
from app.queries.actions.spans import Days, Span
from app.views.people import subjects
from app.web.current_user import midnight, reader
from app.web.listing import all_of_them, every
from app.wording.formats import alphabetical, day
from app.wording.labels import label

Choices = list[tuple[str, str]]
Member = TypeVar("Member", bound=StrEnum)
ME, MY_BRIGADES, NOBODY, OF_HOUSE = "me", "brigades", "nobody", "house"
_USER, _PERSON, _BRIGADE, _SERIES, _USE = "user", "person", "brigade", "series", "use"
"""What stands before a number in the values of a filter: `user:3`."""


def form_of(where: Where) -> FollowUpListForm:
    """Return what the address says about a list of the actions of a place."""
    of_place = FollowUpFilter(**where)
    users = alphabetical(filters.users(of_place), lambda one: (one.name,))
    offers: dict[str, Choices] = {
        "who": _holders([(one.id, one.name) for one in users if one[2]], of_place),
        "due": every(Span, all_of_them()),
        "priority": every(Priority, all_of_them()),
        "about": every(SubjectKind, all_of_them()),
        "by": [("", all_of_them()), *((str(one.id), one.name) for one in users if one[3])],
        "part": _parts(of_place),
        "sorting": [(one.value, label(one)) for one in Sorting],
        "view": [(one.value, label(one)) for one in View],
    }
    if not where:
        offers["place"] = _places()
    shows = [("", all_of_them()), *((one.value, label(one)) for one in (*Show, *FollowUpStatus))]
    return FollowUpListForm(gettext("Title, note or person"), shows, offers)


def filter_of(form: FollowUpListForm, where: Where) -> FollowUpFilter:
    """Return which actions a list shows; what is unknown in the address is left out."""
    part, number = _split(form.sound(form.part))
    since, until = form.sound(form.since), form.sound(form.until)
    place = str(form.sound(form.place) or "") if "place" in form else ""
    return FollowUpFilter(
        **(where or subjects.ids_in("" if place == OF_HOUSE else place)),
        is_of_house=place == OF_HOUSE,
        typed=form.typed,
        show=_show(form.shown),
        holder=_holder(form.sound(form.who)),
        of_brigades=_my_brigades() if form.sound(form.who) == MY_BRIGADES else None,
        priority=_member(Priority, form.sound(form.priority)),
        due=_member(Span, form.sound(form.due)),
        days=Days.around(clock.now(), reader().timezone),
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
        about=_member(SubjectKind, form.sound(form.about)),
        created_by_id=form.sound(form.by),
        part=Part(part) if part in set(Part) and number is None else None,
        series_id=number if part == _SERIES else None,
        template_use_id=number if part == _USE else None,
        sorting=Sorting(form.sound(form.sorting) or ""),
    )


def holder_key(holder: Holder) -> str:
    """Return the value of the filter by assignee for an account, a person without one, a brigade, or nobody."""
    held = {_USER: holder.user_id, _PERSON: holder.person_id, _BRIGADE: holder.brigade_id}
    return next((f"{noun}:{number}" for noun, number in held.items() if number is not None), NOBODY)


def _split(key: str | None) -> tuple[str, int | None]:
    """Return the noun and the number in the value of a filter."""
    noun, _, number = (key or "").partition(":")
    return noun, int(number) if number.isdecimal() and len(number) < 10 else None


def _holder(key: str | None) -> Holder | None:
    noun, number = _split(key)
    if noun == _USER:
        return Holder(user_id=number)
    if noun == _PERSON:
        return Holder(person_id=number)
    if noun == _BRIGADE:
        return Holder(brigade_id=number)
    return {ME: Holder(user_id=reader().id), NOBODY: Holder()}.get(noun)


def _my_brigades() -> list[int]:
    return [one.brigade_id for one in brigade_queries.participations(reader())]


def _holders(users: list[tuple[int, str]], of: FollowUpFilter) -> Choices:
    offered = [("", all_of_them()), (ME, gettext("me"))]
    brigades = [(f"{_BRIGADE}:{one.id}", one.name) for one in filters.brigades(of)]
    if brigades or request.args.get("who") == MY_BRIGADES:
        offered.append((MY_BRIGADES, gettext("my brigades")))
    offered += [(f"{_USER}:{number}", name) for number, name in users]
    offered += [(f"{_PERSON}:{one.id}", one.full_name) for one in filters.people(of)]
    offered += [*brigades, (NOBODY, gettext("nobody"))]
    return _with_asked("who", (_USER, _PERSON, _BRIGADE), offered, gettext("someone who has none here"))


def _parts(of: FollowUpFilter) -> Choices:
    offered = every(Part, all_of_them())
    offered += [(f"{_USE}:{one.id}", f"{one.title} ({day(one.anchored_on)})") for one in filters.template_uses(of)]
    return _with_asked("part", (_USE, _SERIES), offered, gettext("one series or use of a template"))


def _with_asked(name: str, nouns: tuple[str, ...], offered: Choices, called: str) -> Choices:
    """Add the value in the address if it is not offered but names a row: then its list may be empty, rather than show all."""
    asked = request.args.get(name, "")
    noun, number = _split(asked)
    is_known = noun not in nouns or number is None or asked in dict(offered)
    return offered if is_known else [*offered, (asked, called)]


def _places() -> Choices:
    offered = [("", all_of_them()), *subjects.of_user(Permission.FOLLOW_UP_VIEW)]
    if current_scope() == EVERYTHING:
        offered.append((OF_HOUSE, gettext("neither (visible only to those with access to everything)")))
    return offered


def _show(shown: str) -> Show | FollowUpStatus | None:
    return _member(Show, shown) or _member(FollowUpStatus, shown)


def _member(values: type[Member], value: str | None) -> Member | None:
    return values(value) if value in set(values) and value else None
