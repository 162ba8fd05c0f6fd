"""Memory: a model made of one schema, without a project and without a file."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Mapping, Sequence
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from itertools import count
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from pydantic import BaseModel, RootModel
from referencing import Registry

from recordsmith.artifacts import Artifact
from recordsmith.config import PythonTarget
from recordsmith.drafts import BY_NAME, FormatPolicy
from recordsmith.index import name_of
from recordsmith.ir import Alias, Model, Name, Record
from recordsmith.ir import Named as Reference
from recordsmith.lowering import lower
from recordsmith.sources import Sources
from recordsmith.standalone import catalog_from
from recordsmith.targets.python import package_of
from recordsmith.targets.python.symbols import class_name, module

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
