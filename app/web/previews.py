"""Forms with preview: what was sent is shown as it was understood, and what is saved is what was shown.

Nothing is kept between the two steps. The page with the preview holds the same form, filled in, and a digest of what it shows;
what is confirmed is understood anew, and saved only where it is the same still. So nobody saves what another person has changed
meanwhile, or what was typed and not looked at.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import request
from flask.typing import ResponseReturnValue

from app.domain_errors import DomainError
from app.forms.previewing import PreviewForm
from app.text import N_
from app.web.submit import CONFIRM, PREVIEWED, creates, submit

Saved = TypeVar("Saved")


class Draft(Protocol):
    """What a form was understood to mean. Its repr() names everything that is shown and saved, rows by their numbers."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it stands."""


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Preview(Generic[D]):
    """What a page shows of a draft before it is saved."""

    draft: D
    digest: str

    @classmethod
    def of(cls, draft: D) -> "Preview[D]":
        """Return the preview of a draft."""
        return cls(draft, hashlib.sha256(repr(draft).encode()).hexdigest())


class _Understood(Generic[D]):
    """How a form that was sent is understood now, against what its page had shown before."""

    def __init__(self, form: PreviewForm, draft: Callable[[], D]) -> None:
        self._form = form
        self.preview: Preview[D] | None = None
        self.fault: DomainError | None = None
        try:
            self.preview = Preview.of(draft())
        except DomainError as error:
            self.fault = error
        self._is_as_seen = self.preview is not None and self.preview.digest == request.form.get(PREVIEWED)
        if self.preview is not None and self._is_as_seen:
            form.add_fields(self.preview.draft, request.form)

    def show(self) -> Preview[D] | None:
        """Return the preview for the page, its fields on the form; those of what is new begin anew."""
        if self.preview is not None and not self._is_as_seen:
            self._form.add_fields(self.preview.draft, None)
        return self.preview

    def confirmed(self) -> D:
        """Return what a person has seen and confirmed; raises DomainError where that does not stand any more."""
        if self.preview is None:
            raise self.fault or LookupError
        if not self._is_as_seen:
            raise DomainError(None, N_("The preview below has changed. Check it again, then save."))
        if not self.preview.draft.is_ready:
            raise DomainError(None, N_("Correct the marked fields first."))
        return self.preview.draft


def submit_with_preview(
    form: PreviewForm,
    *,
    draft: Callable[[], D],
    write: Callable[[D], Saved],
    then: str | Callable[[Saved], str],
    page: Callable[[Preview[D] | None], str],
    done: str | Callable[[Saved], str],
) -> ResponseReturnValue:
    """Show how a form that was sent is understood; once a person has confirmed just that, store it and go on to `then`.

    `draft` says what the form means, and raises DomainError where it means nothing. `page` shows the form, with the preview
    where there is one. What was confirmed before is stored once: see `submit`.
    """
    if not form.is_submitted() or not form.validate():
        return page(None), form.http_status
    understood = _Understood(form, draft)
    if CONFIRM in request.form:
        return submit(
            form,
            creates(),
            write=lambda: write(understood.confirmed()),
            then=then,
            otherwise=lambda: page(understood.show()),
            done=done,
        )
    if understood.fault:
        form.add_error(understood.fault)
    return page(understood.show()), form.http_status
