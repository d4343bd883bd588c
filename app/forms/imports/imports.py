"""Forms of an import: the file, its columns, its organizations, and one row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from app.domain.imports.imports import ColumnValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.models.imports.imports import MatchKey, Policy
from app.models.people.organizations import Classification
from app.wording.labels import label


class UploadForm(Form):
    """A file, and who will see what is in it."""

    file = FileField(
        _("File"),
        validators=[FileRequired(_("Choose a file."))],
        description=_("A table saved as CSV or Excel (.xlsx), or contacts as vCard (.vcf)."),
        render_kw={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.vcf"},
    )
    subject = fields.select(
        _("Visible to"),
        help=_("Only people who work on it can see these people. Only people they can see are compared."),
    )


class ColumnsForm(Form):
    """What each column is, how records are recognized, and what happens to those that exist."""

    key = fields.select(_("Already recorded if this is the same"))
    policy = fields.select(_("What is already recorded"), coerce=Policy)
    country = fields.select(_("Country where the file has none"), help=_("It also tells how full names are divided."))

    @property
    def columns(self) -> list[str]:
        """The names of the fields of the columns, in their order."""
        return [name for name in self._fields if name.startswith("column_")]

    def values(self) -> ColumnValues:
        """Return what was chosen."""
        key, key_field = self.chosen_key()
        return ColumnValues(
            mapping=self.mapping(), key=key, key_field=key_field, policy=self.policy.data, country=given(self.country)
        )

    def chosen_key(self) -> tuple[MatchKey, str | None]:
        """Return how rows are recognized, and by which of the house's own fields, if it is one."""
        chosen = self.key.data
        return (MatchKey(chosen), None) if chosen in list(MatchKey) else (MatchKey.OWN, chosen)

    def mapping(self) -> list[str]:
        """Return the field of each column."""
        return [str(self[name].data or "") for name in self.columns]


def columns_form(
    header: Sequence[str], samples: Sequence[Sequence[str]], choices: Sequence[tuple[str, str]], **values: Any
) -> ColumnsForm:
    """Return the form for the columns of a file, with samples of their values and the fields to choose from."""
    attributes = {
        f"column_{position}": fields.select(name, help=" · ".join(sampled))
        for position, (name, sampled) in enumerate(zip(header, samples, strict=True))
    }
    form = cast("ColumnsForm", type("ColumnsOfFileForm", (ColumnsForm,), attributes)(**values))
    for name in form.columns:
        form[name].offer(choices)
    return form


class OrganizationsForm(Form):
    """Which recorded organizations are meant by the names in a file, and which others are to be recorded."""

    every = BooleanField(_("Record all that are not recorded yet"))
    classification = fields.one_of(_("Kind"), Classification, label, default=Classification.UNION)
    country = fields.select(_("Country of those for which the file has none"))


def organizations_form(names: Sequence[str], **values: Any) -> OrganizationsForm:
    """Return the form with a choice for each unknown organization: `existing_0`, `record_0` and so on."""
    attributes: dict[str, Any] = {}
    for position, name in enumerate(names):
        attributes[f"existing_{position}"] = PickField(name, help=_("The recorded organization that is meant."))
        attributes[f"record_{position}"] = BooleanField(_("Record it"))
    return cast("OrganizationsForm", type("OrganizationsOfFileForm", (OrganizationsForm,), attributes)(**values))


class RowForm(Form):
    """The cells of one row that are imported."""

    is_marked = False

    @property
    def http_status(self) -> int:
        """The HTTP status of its page: what is wrong in the file is no error of whoever opens it."""
        return 200 if self.is_marked else super().http_status

    @property
    def cells(self) -> dict[int, str]:
        """The corrected texts by the position of the column."""
        return {int(name[5:]): str(self[name].data or "") for name in self._fields if name.startswith("cell_")}

    def mark(self, wrong: Mapping[int, Sequence[str]]) -> None:
        """Show what is wrong with cells beside them, as long as nothing was typed."""
        self.is_marked = True
        for position, sentences in wrong.items():
            self[f"cell_{position}"].errors = sentences


def row_form(cells: Mapping[int, tuple[str, str]]) -> RowForm:
    """Return the form for cells: by position, the heading of the column and the text."""
    attributes = {
        f"cell_{position}": fields.line(heading, longest=2000) for position, (heading, _text) in cells.items()
    }
    data = {f"cell_{position}": text for position, (_heading, text) in cells.items()}
    return cast("RowForm", type("CellsForm", (RowForm,), attributes)(data=data))
