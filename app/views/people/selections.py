"""People and organizations that were selected in a list: those that are ticked, or all that the list shows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import Select

from app.domain.bulk import Left, Outcome
from app.domain_errors import DomainError
from app.forms.base import Fold
from app.forms.selecting import SelectedForm
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.paging import ids_of
from app.queries.people import selected
from app.text import N_
from app.web.access import may, required_by
from app.web.submit import ACTS, submit
from app.web.templating import locale_tag
from app.wording.labels import label

OF_PEOPLE = {
    "tag": ("selected.tag", N_("put on a tag")),
    "untag": ("selected.untag", N_("take off a tag")),
    "move": ("selected.move", N_("add to a congress or campaign, or move")),
    "assign": ("assigning.assign", N_("assign an action about each")),
    "subscribe": ("enrolling.subscribe", N_("subscribe with their consent")),
    "invite": ("enrolling.invite", N_("invite to a campaign’s digest")),
}
OF_ORGANIZATIONS = {
    "tag": ("selected_organizations.tag", N_("put on a tag")),
    "untag": ("selected_organizations.untag", N_("take off a tag")),
}
"""What can be done with several records: its name in addresses, its page, and its label."""
TICKED, ALL, VERB = "id", "all", "do"
"""The parameters of a selection: the id of each ticked record, that all of the list are meant, and what to do with them."""
NAMED = 10
"""The number of names on the page."""
_HIGHEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected in a list."""

    model: Any
    ids: Sequence[int]
    """Those that the user may change."""
    chosen: int
    """The number of those that were selected."""
    back: str
    """The address of the list."""
    most: int
    """The number of records that can be changed together."""
    plan: object = None
    """What the page says about them besides."""

    @property
    def digest(self) -> str:
        """Return what a page sends to name the records that it showed."""
        return hashlib.sha256(repr((list(self.ids), self.plan)).encode()).hexdigest()

    def shown_with(self, plan: object) -> "Selection":
        """Return the same selection on a page that also shows a plan, whose repr() contains what is shown."""
        return replace(self, plan=plan)

    @property
    def is_of_people(self) -> bool:
        """Return whether people were selected."""
        return self.model is Person

    @property
    def kept_out(self) -> int:
        """Return the number of selected records that the user may not change."""
        return self.chosen - len(self.ids)

    @property
    def is_too_large(self) -> bool:
        """Whether more were selected than can be changed together."""
        return self.chosen > self.most

    def first(self) -> Sequence[Any]:
        """Return the first of them by name, for the page."""
        return selected.first(self.model, self.ids, language=locale_tag(), limit=NAMED)

    def check(self, form: SelectedForm) -> None:
        """Raise DomainError if these are not the records that the page of a form showed, or if there are none."""
        form.check_shown(self.digest)
        if not self.ids:
            raise DomainError(None, N_("Select at least one in the list first."))


def verbs(pages: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what the user may do with several records: names in addresses, and labels."""
    return [(verb, gettext(text)) for verb, (endpoint, text) in pages.items() if _may(endpoint)]


def _may(endpoint: str) -> bool:
    required = required_by(endpoint)
    return isinstance(required, Permission) and may(required)


def selection_of(
    model: type[Person | Organization], listed: Callable[[], Select[Any]], list_page: str, *, most: int
) -> Selection:
    """Return what the address selects; `listed` returns the statement of the list, `list_page` is its endpoint."""
    chosen = list(ids_of(model.id, listed().limit(most + 1))) if ALL in request.args else ticked()
    ids = selected.writable(model, chosen) if len(chosen) <= most else []
    kept = parameters(TICKED, ALL, VERB)
    return Selection(model, ids, len(chosen), url_for(list_page, **kept), most)


def ticked() -> list[int]:
    """Return the ids of the ticked rows."""
    return sorted({one for one in request.args.getlist(TICKED, type=int) if 0 < one <= _HIGHEST})


def verb_page(pages: Mapping[str, tuple[str, str]], list_page: str, **where: Any) -> ResponseReturnValue:
    """Redirect from the form of a list to the page of what was chosen to do, or back if nothing was chosen.

    `where` are the arguments of the list.
    """
    page, _text = pages.get(request.args.get(VERB, ""), (list_page, ""))
    return redirect(url_for(page, **{**parameters(VERB), **(where if page == list_page else {})}))


def selected_page(
    form: SelectedForm,
    selection: Selection,
    *,
    heading: str,
    button: str,
    fields: Sequence[str | Fold],
    write: Callable[[], Outcome],
    done: Callable[[Outcome], str],
    notes: Sequence[str] = (),
    template: str = "people/selected/page.html",
    is_ready: bool = True,
    **shown: Any,
) -> ResponseReturnValue:
    """Show who is selected and ask what is needed; write it when it is confirmed, once, and say what became of each."""

    def checked() -> Outcome:
        selection.check(form)
        return write()

    return submit(
        form,
        ACTS,
        write=checked,
        then=selection.back,
        otherwise=lambda: render_template(
            template, form=form, selection=selection, heading=heading, button=button, fields=fields, notes=notes,
            is_ready=is_ready, days=REMOVED_FOR.days, kept_out=kept_out, **shown,
        ),
        done=lambda outcome: " ".join(filter(None, (done(outcome), rest(outcome, selection)))),
    )  # fmt: skip


def rest(outcome: Outcome, selection: Selection) -> str:
    """Return sentences about the selected records that were not changed."""
    sentences = [f"{label(reason)}: {outcome.left[reason]}." for reason in Left if outcome.left[reason]]
    if selection.kept_out:
        sentences.append(kept_out(selection))
    return " ".join(sentences)


def kept_out(selection: Selection) -> str:
    """Return how many of the selected records the user may not change."""
    return str(
        ngettext(
            "%(num)d of the %(chosen)d selected cannot be changed by you.",
            "%(num)d of the %(chosen)d selected cannot be changed by you.",
            selection.kept_out,
            chosen=selection.chosen,
        )
    )


def parameters(*without: str) -> dict[str, Any]:
    """Return the parameters of the address, without some of them, and without those that `url_for` would interpret."""
    given = request.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if name not in without and not name.startswith("_")}
