"""Memory: a model made of one schema, without a project and without a file."""

from __future__ import annotations

import importlib
import os
import sys
import types
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from itertools import count
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pydantic import BaseModel, RootModel
from referencing import Registry, Resource
from referencing.exceptions import (
    CannotDetermineSpecification,
    NoSuchResource,
    Unretrievable,
)

from recordsmith.artifacts import Artifact
from recordsmith.catalog import Catalog, catalog_of, document_of
from recordsmith.config import PythonTarget
from recordsmith.drafts import BY_NAME, FormatPolicy
from recordsmith.index import name_of
from recordsmith.ir import Alias, Model, Name, Record
from recordsmith.ir import Named as Reference
from recordsmith.lowering import lower
from recordsmith.naming import LONGEST_NAME, pascal_case
from recordsmith.places import SCHEME, Document, is_uri
from recordsmith.problems import Location, gathered
from recordsmith.sources import SUFFIX, Named, Retrieve, Sources, from_python, read_json
from recordsmith.targets.python import package_of
from recordsmith.targets.python.symbols import class_name, module
from recordsmith.wellformed import forget_strangers

_NUMBERS = count(1)
_PACKAGE = "recordsmith_models"
_ORIGIN = "<recordsmith>/"


def model(
    schema: Mapping[str, Any] | bool | str | Path,
    *,
    registry: Registry[Any] | None = None,
    dialect: str = "2020-12",
    formats: FormatPolicy = "dialect",
) -> type[BaseModel]:
    """The pydantic type of a schema, a `RootModel` where what it describes is no object.

    `schema` is a document, or the path of one.  `registry` supplies the documents that it refers
    to; its `retrieve` may fetch them.  `dialect` is the draft of a document without `$schema`:
    `draft-04`, `draft-06`, `draft-07`, `2019-09` or `2020-12`.  `formats` says whether `format`
    asserts: as the dialect has it, always (`assert`) or never (`annotate`).

    Raises `ProblemsFound`; `ValueError` for a dialect that there is not.
    """
    if dialect not in BY_NAME:
        raise ValueError(f"there is no dialect {dialect!r}; write one of {', '.join(BY_NAME)}")
    catalog = catalog_from(schema, registry, Sources(root=Path(), dialect=BY_NAME[dialect]))
    lowered = lower(catalog, formats, only_needed=True)
    package = f"{_PACKAGE}.m{next(_NUMBERS)}"
    _FINDER.add(package_of(lowered, _target(package)))
    return _type_of(name_of(catalog.documents[0]), lowered, package)


def catalog_from(
    schema: Mapping[str, Any] | bool | str | Path, registry: Registry[Any] | None, sources: Sources
) -> Catalog:
    """The catalog of a schema and of what it refers to.  Raises `ProblemsFound`."""
    retrieve = _from_registry(registry) if registry is not None else None
    with gathered() as problems:
        document: Document | None = None
        if isinstance(schema, str | Path):
            file = Path(schema)
            at = Location(str(schema))
            content = read_json(file, at, problems)
            absolute = Path(os.path.normpath(file.absolute()))  # as URIs are joined, without `..`
            named = Named(PurePosixPath(file.name), absolute.as_uri(), at)
            folder = absolute.parent
            sources = replace(sources, roots={f"{folder.as_uri()}/": folder})
        else:
            content = schema if isinstance(schema, bool) else dict(schema)
            content = from_python(content, Location("schema"), problems)
            path = PurePosixPath(f"{_stem(content)}{SUFFIX}")
            named = Named(path, f"{SCHEME}:///{quote(str(path))}", Location("schema"))
        if not list(problems):
            document = document_of(content, named, sources, problems, retrieve)
    if document is None:
        raise AssertionError("a schema without problems is a document")
    forget_strangers(document)
    return catalog_of(document, sources, retrieve)


def _stem(schema: Any) -> str:
    """What a schema without a title is called: the last part of its URI, if it has one."""
    identifier = schema.get("$id", schema.get("id")) if isinstance(schema, dict) else None
    if not isinstance(identifier, str) or not is_uri(identifier):
        return "Model"
    last = urlsplit(identifier).path.rstrip("/").replace(":", "/").rpartition("/")[2]
    stem = unquote(last).removesuffix(".json").removesuffix(".schema")
    return pascal_case(stem)[:LONGEST_NAME] or "Model"


def _from_registry(registry: Registry[Any]) -> Retrieve:
    def retrieve(uri: str) -> Resource[Any] | None:
        try:
            return registry.get_or_retrieve(uri).value
        except (CannotDetermineSpecification, NoSuchResource, Unretrievable, LookupError):
            return None

    return retrieve


def _target(package: str) -> PythonTarget:
    return PythonTarget(
        package=package,
        distribution="model",
        version="0",
        description="Made in memory.",
        runtime_descriptions=False,
    )


def _type_of(name: Name, lowered: Model, package: str) -> type[BaseModel]:
    """The class of a definition; a root model for what is none."""
    definition = lowered[name]
    while isinstance(definition, Alias) and isinstance(definition.type, Reference):
        definition = lowered[definition.type.name]
    path = ".".join((package, *module(definition.name)))
    found = getattr(importlib.import_module(path), class_name(definition.name))
    if isinstance(definition, Record):
        made: type[BaseModel] = found
        return made
    return _root_model(class_name(name), path, found, definition.documentation.description)


def _root_model(name: str, module_name: str, root: Any, description: str) -> type[BaseModel]:
    """A root model of a type, as the module would have it."""
    told = {"__module__": module_name, "__doc__": description or None}
    base: Any = RootModel[root]
    made: type[BaseModel] = types.new_class(name, (base,), exec_body=lambda body: body.update(told))
    return made


class _Loader(ExecutionLoader):
    """Loads the modules of packages that are no files."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, fullname: str) -> str:
        return self._sources[fullname]

    def get_filename(self, fullname: str) -> str:
        path = fullname.replace(".", "/")
        return (
            f"{_ORIGIN}{path}/__init__.py" if self.is_package(fullname) else f"{_ORIGIN}{path}.py"
        )

    def is_package(self, fullname: str) -> bool:
        return any(name.startswith(f"{fullname}.") for name in self._sources)

    def get_data(self, path: str) -> bytes:
        """The content of a file that the package has along."""
        return self._sources[path.removeprefix(_ORIGIN)].encode("utf-8")


class _Finder(MetaPathFinder):
    """Finds the packages that were made in memory."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._loader = _Loader(self._sources)

    def add(self, artifacts: list[Artifact]) -> None:
        """Let the package be imported."""
        self._sources.setdefault(_PACKAGE, "")
        for artifact in artifacts:
            path = PurePosixPath(*artifact.path.parts[1:])
            if path.suffix == ".py":
                parts = path.with_suffix("").parts
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            else:
                name = str(path)
            self._sources[name] = artifact.text
        if self not in sys.meta_path:
            sys.meta_path.append(self)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's
        target: ModuleType | None = None,  # noqa: ARG002 - the protocol's
    ) -> ModuleSpec | None:
        if fullname not in self._sources:
            return None
        return spec_from_loader(fullname, self._loader)


_FINDER = _Finder()
