"""Validator: the verdict of a schema on a JSON value.  Nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import jsonschema_rs
from jsonschema_rs import Registry, ValidationError

from recordsmith.catalog import Catalog, Document
from recordsmith.drafts import FormatPolicy, assertive, declared
from recordsmith.formats import CHECKERS
from recordsmith.problems import Problem, ProblemsFound, pointer_of
from recordsmith.readable import readable, uri_of
from recordsmith.validation.usability import obstacles
from recordsmith.validation.violations import MASK, Violation, is_mistyped

if TYPE_CHECKING:
    from recordsmith.validation.wording import Wording

_REGISTRIES: WeakKeyDictionary[Catalog, tuple[int, Registry]] = WeakKeyDictionary()


def registered(catalog: Catalog) -> Registry:
    """The catalog's documents, as the engine wants them.  Raises `ProblemsFound`."""
    documents = catalog.all_documents()
    known, registry = _REGISTRIES.get(catalog, (-1, None))
    if registry is None or known != len(documents):
        try:
            registry = Registry(
                [(one.uri, declared(readable(one), one.draft)) for one in documents]
            )
        except ValueError as error:
            raise _unusable(catalog, catalog.documents[0], error) from error
        _REGISTRIES[catalog] = len(documents), registry
    return registry


def _unusable(catalog: Catalog, document: Document, error: ValueError) -> ProblemsFound:
    unexplained = Problem(document.at, "unusable-schema", str(error))
    return ProblemsFound([*obstacles(catalog)] or [unexplained])


class Validator:
    """Judges values, as `json.loads` gives them, by a document or the subschema at a pointer.

    Raises `ProblemsFound` where the schemas cannot be used.
    """

    def __init__(
        self,
        catalog: Catalog,
        document: Document,
        pointer: str = "",
        formats: FormatPolicy = "dialect",
    ) -> None:
        self.catalog = catalog
        self.document = document
        self.formats = formats
        self._pointer = pointer
        try:
            self._engine = getattr(jsonschema_rs, document.draft.engine)(
                {"$ref": uri_of(document, pointer)},
                registry=registered(catalog),
                validate_formats=assertive(formats)[document.draft],
                formats=dict(CHECKERS),
                mask=MASK,
                offline=True,
            )
        except ValidationError as error:
            raise _unusable(catalog, document, error) from error

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process makes it anew."""
        return Validator, (self.catalog, self.document, self._pointer, self.formats)

    @cached_property
    def _wording(self) -> Wording:
        """What explains errors; it takes a while to import."""
        from recordsmith.validation.wording import Wording

        return Wording(self.catalog, self.document)

    def of_property(self, pointer: str) -> Validator:
        """The judge of a value that `properties` says something of, by the pointer to it."""
        below = f"{self._pointer}/properties{pointer}"
        return Validator(self.catalog, self.document, below, self.formats)

    def never_takes(self, instance: Any) -> bool:
        """Whether the schema refuses all values of the instance's type."""
        return any(is_mistyped(error, []) for error in self._engine.iter_errors(instance))

    def is_valid(self, instance: Any) -> bool:
        """Whether the schema accepts the value."""
        try:
            return bool(self._engine.is_valid(instance))
        except ValueError:
            return False

    def violations(self, instance: Any, edge: Collection[str] = ()) -> list[Violation]:
        """What is wrong with the value, each where it is wrong; empty if it is valid.

        Of the values at the pointers of the `edge`, which are cut short, nothing is said.
        """
        return self._told(lambda: self._errors(instance, edge), instance)

    def first_violations(self, instance: Any) -> list[Violation]:
        """One thing that is wrong with the value, or what it comes from; empty if it is valid."""
        return self._told(lambda: self._first_error(instance), instance)

    def _errors(self, instance: Any, edge: Collection[str]) -> list[ValidationError]:
        errors = list(self._engine.iter_errors(instance))
        return (
            [one for one in errors if pointer_of(one.instance_path) not in edge] if edge else errors
        )

    def _first_error(self, instance: Any) -> list[ValidationError]:
        try:
            self._engine.validate(instance)
        except ValidationError as error:
            return [error]
        return []

    def _told(self, errors: Callable[[], list[ValidationError]], instance: Any) -> list[Violation]:
        try:
            found = errors()
            return self._wording.violations(found, instance) if found else []
        except UnicodeEncodeError:
            sentence = "a string has half of a surrogate pair"
            return [Violation("", "not-json", sentence, self.document.at)]
        except ValueError:
            sentence = "the value is nested too deeply"
            return [Violation("", "too-deep", sentence, self.document.at)]
