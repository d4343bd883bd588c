"""What the pages about the sending of a digest and of a mailing have in common."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mail import retries
from app.queries.mail import failures, runs
from app.queries.mail.failures import Failure, Group
from app.queries.mail.holds import Run
from app.queries.mail.reasons import Reason
from app.queries.paging import PAGE, Page
from app.web.listing import page_number
from app.web.refreshing import refreshing
from app.web.submit import press

_DOMAINS = 30
"""How many domains are listed, those with the most first."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who did not get an email: a name or an address, and the page about them if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The digest or the mailing that a page is about."""

    run: Run
    name: str
    url: str
    """Of its own page."""
    approved_at: datetime | None
    again_url: Callable[..., str]
    """Returns the address of the button that tries a group again."""
    urls: Mapping[str, str] | None
    """Of the buttons to pause, stop and resume it, for those who may press them."""
    recipients: Callable[[Sequence[Failure]], Mapping[int, Recipient]] | None
    """Returns the recipients of emails by their ids, for those who may see them."""


@dataclass(frozen=True, slots=True)
class Line:
    """How many emails were not taken for one reason or by one domain, by what became of them."""

    value: str
    counts: Counter[Group]

    @property
    def again(self) -> int:
        """How many of them can be tried again."""
        return self.counts[Group.FAILED] + self.counts[Group.POSTPONED]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the emails that were not taken are listed; empty for all."""

    group: str
    reason: str
    domain: str

    def kept(self) -> dict[str, str]:
        """Return what is part of the addresses of other pages of the list."""
        return {name: value for name, value in asdict(self).items() if value}

    def of(self, found: list[Failure]) -> list[Failure]:
        """Return those of some emails that are listed."""
        for name, value in self.kept().items():
            found = [one for one in found if getattr(one, name) == value]
        return found


def show(subject: Subject) -> Response:
    """Show how far the sending is, who did not get the email, and why."""
    report = runs.report(subject.run)
    work = report.progress(subject.approved_at)
    found = retries.with_domains([*failures.some(subject.run), *failures.returned(subject.run)])
    chosen = Chosen(_known(Group, "group"), _known(Reason, "reason"), request.args.get("domain", ""))
    page = _page(chosen.of(found))
    text = render_template(
        "mail/sending/show.html",
        subject=subject,
        report=report,
        work=work,
        tolerated=failures.TOLERATED,
        found=len(found),
        is_cut=len(found) >= failures.MOST,
        reasons=_lines(found, "reason"),
        domains=_lines(found, "domain")[:_DOMAINS],
        chosen=chosen,
        page=page,
        recipients=subject.recipients(page.rows) if subject.recipients else None,
        Reason=Reason,
    )
    return refreshing(text, work.seconds_to_refresh)


def again(subject: Subject) -> ResponseReturnValue:
    """Try the emails again that were not taken: of a reason, of a domain, or all."""
    return press(
        lambda: retries.ask(
            subject.run, reason=_known(Reason, "reason"), domain=request.args.get("domain", ""), group=_known(Group, "group")
        ),
        then=url_for(".show", **(request.view_args or {})),
        done=gettext("They will be tried again in a moment."),
    )  # fmt: skip


def _known(values: type[StrEnum], name: str) -> str:
    """Return a value from the address; an unknown one counts as none."""
    given = request.args.get(name, "")
    return given if given in ("", *values) else ""


def _page(listed: Sequence[Failure]) -> Page[Failure]:
    number = min(page_number(), max(1, -(-len(listed) // PAGE)))
    return Page(listed[(number - 1) * PAGE : number * PAGE], len(listed), number)


def _lines(found: Sequence[Failure], name: str) -> list[Line]:
    counts: dict[str, Counter[Group]] = {}
    for (value, group), count in Counter(map(attrgetter(name, "group"), found)).items():
        counts.setdefault(value, Counter())[group] = count
    return [Line(value, groups) for value, groups in sorted(counts.items(), key=lambda pair: -pair[1].total())]
