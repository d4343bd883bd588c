"""The files of scheduled exports, written by workers as their account would download them."""

from collections.abc import Iterator
from typing import IO, Any

from flask import current_app
from flask_babel import gettext
from flask_login import login_user

from app.models.people.scheduled_exports import ScheduledExport
from app.models.people.segments import Segment
from app.queries.paging import in_batches
from app.queries.people import organizations as organization_queries
from app.queries.people import people as person_queries
from app.queries.people import segments as segment_queries
from app.queries.people.filters import OrganizationFilter, PersonFilter
from app.views.people import columns
from app.web.columns import Column
from app.web.downloads import sheet_pieces
from app.web.templating import locale_tag


def write(schedule: ScheduledExport, content: IO[bytes]) -> int:
    """Write the members of the segment that are in scope, with the columns and the order of its list.

    Headings, dates and names are in the language and the time zone of the account. Returns the number of members.
    """
    segment = segment_queries.get(schedule.segment_id)
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].base_url):
        login_user(schedule.user)
        among, order = segment_queries.members(segment), {"sorting": segment.sorting, "language": locale_tag()}
        rows: Iterator[Any]
        if segment.is_of_people:
            title, offered = gettext("People"), columns.of_people()
            numbers = person_queries.numbers(PersonFilter(among=among), **order)
            rows = in_batches(numbers, person_queries.some)
        else:
            title, offered = gettext("Organizations"), columns.of_organizations()
            numbers = organization_queries.numbers(OrganizationFilter(among=among), **order)
            rows = in_batches(numbers, organization_queries.some)
        chosen = _chosen(segment, offered, schedule.with_contacts)
        content.writelines(sheet_pieces(schedule.file_format, chosen, rows, title))
    return len(numbers)


def _chosen(segment: Segment, offered: list[Column], with_contacts: bool) -> list[Column]:
    """Return the columns of the segment's list, or the usual ones; those with contact details only if they are wanted."""
    names = columns.in_file(segment.columns) or [one.name for one in offered if one.is_usual]
    return [one for one in offered if (with_contacts if one.is_contact else one.name in names)]
