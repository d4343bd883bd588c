"""Pages on which people say what the columns and organizations of a file are, and correct its rows."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.imports import header_rows, imports, running
from app.domain.imports.registry import kind_of
from app.domain_errors import DomainError
from app.forms.imports.imports import OrganizationsForm, columns_form, organizations_form, row_form
from app.models.imports.imports import Import, ImportRow, ImportStatus, Verdict
from app.models.people.organizations import Organization
from app.policy import Permission
from app.queries.imports import imports as import_queries
from app.queries.people import organizations
from app.text import N_
from app.views.imports.imports import own, page_of
from app.views.people import choices as people_choices
from app.web import choices
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit
from app.wording.custom_fields import field_name as own_name
from app.wording.import_fields import field_name, key_name
from app.wording.imports import KINDS, POLICIES, sentence_of
from app.wording.labels import country_name

bp = Blueprint("stages", __name__, url_prefix="/people/imports/<int:import_id>")

MOST_ORGANIZATIONS = 100
"""How many unknown organizations are decided about on one page."""


@bp.get("/sheets")
@requires(Permission.PERSON_EDIT)
def sheets(import_id: int) -> ResponseReturnValue:
    """Show the sheets of a file, to choose one."""
    work = own(import_id)
    if work.status is not ImportStatus.OPENED:
        return redirect(page_of(work))
    return render_template("imports/imports/sheets.html", work=work, days=imports.UNFINISHED_FOR.days)


@bp.post("/sheets/<int:position>")
@requires(Permission.PERSON_EDIT)
def choose_sheet(import_id: int, position: int) -> ResponseReturnValue:
    """Read one of the sheets of a file."""
    work = own(import_id)
    return press(lambda: _run(work, lambda: imports.choose_sheet(work, position, by=reader())), then=page_of(work))


@bp.get("/header")
@requires(Permission.PERSON_EDIT)
def header(import_id: int) -> ResponseReturnValue:
    """Show the first rows of a file, to choose the one with the names of the columns."""
    work = own(import_id)
    if not (work.top and work.is_open):
        return redirect(page_of(work))
    return render_template("imports/imports/header.html", work=work)


@bp.post("/header/<int:number>")
@requires(Permission.PERSON_EDIT)
def choose_header(import_id: int, number: int) -> ResponseReturnValue:
    """Have a row be the header of a file, or none for 0."""
    work = own(import_id)
    then = url_for("stages.columns", import_id=work.id)
    return press(lambda: header_rows.choose(work, number), then=then)


@bp.route("/columns", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def columns(import_id: int) -> ResponseReturnValue:
    """Say what each column is."""
    work = own(import_id)
    kind = kind_of(work)
    own_fields, own_keys = ([(one.key, own_name(one)) for one in some] for some in (kind.own_fields(), kind.own_keys()))
    names = [("", gettext("– not imported –")), *((one.value, field_name(one)) for one in kind.fields), *own_fields]
    chosen = {f"column_{position}": name for position, name in enumerate(work.mapping)}
    key = work.key_field or work.key.value
    form = columns_form(work.header, work.samples, names, **chosen, key=key, policy=work.policy, country=work.country)
    form.key.offer([*((one.value, key_name(work.kind, one)) for one in kind.keys), *own_keys])
    form.policy.offer((one.value, gettext(name)) for one, name in POLICIES.items())
    form.country.offer(choices.countries())
    if form.columns:
        form.check(lambda *_: imports.check_mapping(work, form.mapping()), form.columns[0])
        form.check(lambda *_: imports.check_key(*form.chosen_key(), form.mapping()), "key")
    return submit(
        form,
        ACTS,
        write=lambda: _run(work, lambda: imports.map_columns(work, form.values(), by=reader())),
        then=page_of(work),
        otherwise=lambda: render_template(
            "imports/imports/columns.html",
            form=form,
            work=work,
            kind=KINDS[work.kind],
            is_remembered=import_queries.alike(work) is not None,
            unfinished_days=imports.UNFINISHED_FOR.days,
        ),
    )


@bp.route("/organizations", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def unknown_organizations(import_id: int) -> ResponseReturnValue:
    """Say which organizations are meant, and which are to be recorded."""
    work = own(import_id)
    unknown = list(work.unknown.items())
    shown = unknown[:MOST_ORGANIZATIONS]
    form = organizations_form([one["name"] for _key, one in shown], **_decided(work, [key for key, _one in shown]))
    form.country.offer(choices.countries())
    for position, (_key, one) in enumerate(shown):
        field = form[f"existing_{position}"]
        people_choices.offer_organizations(field, None)
        field.choices, field.recording = (), None
        country = country_name(one["country"]) if one["country"] else gettext("country unknown")
        rows = gettext("%(count)s rows", count=one["rows"])
        field.description = f"{rows} · {country}"
    form.check(lambda *_: _check_countries(work, form), "country")
    return submit(
        form,
        ACTS,
        write=lambda: _run(
            work, lambda: imports.decide(work, _decisions(work, form), form.classification.data, by=reader())
        ),
        then=page_of(work),
        otherwise=lambda: render_template(
            "imports/imports/organizations.html", form=form, work=work, shown=shown, total=len(unknown)
        ),
    )


@bp.route("/rows/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def row(import_id: int, row_id: int) -> ResponseReturnValue:
    """Correct the cells of a row."""
    work = own(import_id)
    found = import_queries.row(work, row_id)
    cells = {
        position: (work.header[position], found.text(position)) for position, name in enumerate(work.mapping) if name
    }
    wrong, others = _wrong(work, found)
    form = row_form(cells)
    if request.method == "GET":
        form.mark(wrong)
    return submit(
        form,
        ACTS,
        write=lambda: _run(work, lambda: imports.correct(found, form.cells, by=reader())),
        then=page_of(work),
        otherwise=lambda: render_template(
            "imports/imports/row.html",
            form=form,
            work=work,
            row=found,
            fields=[f"cell_{position}" for position in cells],
            sentences=others,
        ),
        done=gettext("Saved. The rows were checked again."),
    )


def _wrong(work: Import, row: ImportRow) -> tuple[dict[int, list[str]], list[str]]:
    """Return why a row is refused: by the position of the column, and what is about no column."""
    wrong: dict[int, list[str]] = {}
    others = []
    for reason in row.reasons or () if row.verdict is Verdict.REFUSED else ():
        positions = [position for position, name in enumerate(work.mapping) if name and name == reason[1]]
        if not positions:
            others.append(sentence_of(reason))
        for position in positions:
            wrong.setdefault(position, []).append(sentence_of(reason))
    return wrong, others


def _check_countries(work: Import, form: OrganizationsForm) -> None:
    """Raise DomainError if an organization cannot be recorded because its country is not known."""
    missing = [
        position
        for position, one in enumerate(work.unknown.values())
        if not one["country"] and (form.every.data or _is_recorded(form, position))
    ]
    if missing and not form.country.data:
        raise DomainError("country", N_("Choose a country: the file has none for some of these organizations."))


def _is_recorded(form: OrganizationsForm, position: int) -> bool:
    return position < MOST_ORGANIZATIONS and bool(form[f"record_{position}"].data)


def _run(work: Import, change: Callable[[], None]) -> None:
    change()
    running.run_if_small(work)


def _decided(work: Import, keys: list[str]) -> dict[str, object]:
    """Return what was decided before, to fill in the form."""
    filled: dict[str, object] = {}
    for position, key in enumerate(keys):
        decision = work.decisions.get(key, {})
        filled[f"record_{position}"] = "name" in decision
        if "id" in decision:
            filled[f"existing_{position}"] = organizations.get(decision["id"])
    return filled


def _decisions(work: Import, form: OrganizationsForm) -> dict[str, Organization | str | None]:
    """Return the decision for each unknown organization; those on no page yet are recorded if all are."""
    decisions: dict[str, Organization | str | None] = {}
    for position, (key, one) in enumerate(work.unknown.items()):
        existing = form[f"existing_{position}"].data if position < MOST_ORGANIZATIONS else None
        records = form.every.data or _is_recorded(form, position)
        country = one["country"] or form.country.data or None
        decisions[key] = existing or (country if records else None)
    return decisions
