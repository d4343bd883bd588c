"""Conditions that every statement gets, on whichever models it uses."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.orm.context import _MapperEntity, _ORMCompileState
from sqlalchemy.orm.interfaces import CriteriaOption


class Criteria(CriteriaOption):
    """A condition for each of many models, as one option of a statement.

    Given as one option for each model, they would all be hashed again whenever a statement is executed, which takes a tenth
    of the time of a page. They are not passed on to statements that load relationships, which get their own.
    """

    propagate_to_loaders = False

    def __init__(self, models: Iterable[type], condition: Callable[[Any], ColumnElement[bool]]) -> None:
        """Build the conditions; a callable, because only that follows table aliases. It may not use variables around it."""
        self._options = [with_loader_criteria(model, condition, include_aliases=True) for model in models]

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        """Add the conditions to the attributes of a statement that is compiled."""
        for option in self._options:
            option.get_global_criteria(attributes)

    def process_compile_state(self, compile_state: _ORMCompileState) -> None:
        """Add the conditions to a statement that is compiled."""
        self.get_global_criteria(compile_state.global_attributes)

    def process_compile_state_replaced_entities(
        self, compile_state: _ORMCompileState, _mapper_entities: Sequence[_MapperEntity]
    ) -> None:
        """Add the conditions to a statement whose columns were replaced."""
        self.process_compile_state(compile_state)

    def _gen_cache_key(self, _anon_map: Any, _bindparams: list[BindParameter[Any]]) -> tuple[Any, ...]:
        return (self,)
