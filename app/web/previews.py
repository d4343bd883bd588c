"""Forms with a preview: the page shows how the input was understood, and exactly that is saved.

Nothing is stored between the two steps. The preview page contains the same form, filled in, and a digest of the preview.
When it is confirmed, the input is parsed again and saved only if the result is the same. This way, nobody saves input
that they have not seen, or data that another person has changed in the meantime.
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
from app.web.form_keys import use_address
from app.web.submit import CONFIRM, PREVIEWED, creates, submit

Saved = TypeVar("Saved")


class Draft(Protocol):
    """The parsed input of a form. Its repr() contains everything that is shown and saved, with the ids of rows."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""


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
    """The parsed input of a submitted form, and the preview that its page showed."""

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
        """Return the preview and add its fields to the form; fields of a changed preview are reset."""
        if self.preview is not None and not self._is_as_seen:
            self._form.add_fields(self.preview.draft, None)
        return self.preview

    def confirmed(self) -> D:
        """Return the confirmed draft; raises DomainError if the preview has changed since it was shown."""
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
    """Show a preview of a submitted form; once it is confirmed unchanged, store it and redirect to `then`.

    `draft` parses the form and raises DomainError if that is impossible. `page` renders the form, with the preview if there
    is one. A confirmed form is stored once: see `submit`.
    """
    use_address(form)
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
