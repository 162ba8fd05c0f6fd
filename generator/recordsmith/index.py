"""Index: the documents of a catalog by the names of their types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recordsmith.catalog import SUFFIX, Catalog, Document
from recordsmith.name import Name
from recordsmith.naming import did_you_mean, listed, name_in, pascal_case
from recordsmith.problems import Location, Problem, ProblemsFound, gathered

if TYPE_CHECKING:
    from recordsmith.ir import Model


def name_of(document: Document) -> Name:
    """The document's type, in the module that is its folder.

    It is what the user calls it, or else its title, or its file's name.
    """
    if given := document.names.get(""):
        return Name(document.path.parent.parts, given)
    title = document.schema.get("title") if isinstance(document.schema, dict) else None
    stem = _stem(document.path.name)
    written = (name_in(title) if isinstance(title, str) else None) or stem
    return Name(document.path.parent.parts, pascal_case(written) or pascal_case(stem) or stem)


def _stem(file: str) -> str:
    return file.removesuffix(SUFFIX).removesuffix(".json")


def by_name(catalog: Catalog) -> dict[Name, Document]:
    """The documents by their names.  Raises `ProblemsFound` where two have one name."""
    found: dict[Name, Document] = {}
    with gathered() as problems:
        for document in catalog.documents:
            name = name_of(document)
            earlier = found.setdefault(name, document)
            if earlier is not document:
                sentence = f"{earlier.at} is called `{name}` too; give one of them another title"
                problems.add(document.at, "duplicate-name", sentence)
    return found


def by_short_name(catalog: Catalog) -> dict[str, Document]:
    """The documents by their types, dotted where a type alone is ambiguous, sorted.

    Raises `ProblemsFound` where two have one name.
    """
    documents = by_name(catalog)
    times = Counter(name.type for name in documents)
    short = {name: name.type if times[name.type] == 1 else str(name) for name in documents}
    return {short[name]: documents[name] for name in sorted(documents, key=short.__getitem__)}


def named(catalog: Catalog, name: str) -> Document:
    """The document of `InvocationRecord` or of `actions.invocation_record.InvocationRecord`.

    Raises `ProblemsFound` if there is none of that name, or more than one.
    """
    documents = by_name(catalog)
    found = [known for known in documents if name in (known.type, str(known))]
    exact = [known for known in found if str(known) == name] or found
    if len(exact) == 1:
        return documents[exact[0]]
    raise ProblemsFound([_unnamed(catalog, name, documents, exact)])


def _unnamed(
    catalog: Catalog, name: str, documents: Mapping[Name, Document], found: list[Name]
) -> Problem:
    at = Location(catalog.root.name)
    if found:
        candidates = listed(sorted(map(str, found)))
        return Problem(at, "ambiguous-type", f"`{name}` may be {candidates}; write one of these")
    hint = _by_file(name, documents)
    if not hint:
        known = {spelling for known in documents for spelling in (known.type, str(known))}
        hint = did_you_mean(name, known)
    return Problem(at, "unknown-type", f"there is no type `{name}`{hint}")


def _by_file(name: str, documents: Mapping[Name, Document]) -> str:
    """`"; did you mean `x`?"`, where the name is that of a file, or of one and a type mixed up."""
    stem = name.removesuffix(".schema")
    names = [
        str(known)
        for known, document in documents.items()
        if stem in {known.type, str(known), _stem(document.path.name), _dotted(document)}
    ]
    return f"; did you mean {' or '.join(f'`{one}`' for one in sorted(names))}?" if names else ""


def _dotted(document: Document) -> str:
    return ".".join((*document.path.parent.parts, _stem(document.path.name)))


def misnamed(
    catalog: Catalog, model: Model, names: Mapping[str, str], at: Location
) -> Iterator[Problem]:
    """What is wrong with the names, by `<file>#<pointer>`, that the user gives to types."""
    documents = {str(document.path): document for document in catalog.documents}
    for key, name in names.items():
        path, _, pointer = key.partition("#")
        if path not in documents:
            hint = did_you_mean(path, documents)
            yield Problem(at / key, "config", f"there is no schema `{path}`{hint}")
        elif sentence := _misnamed(documents[path], pointer, name, model):
            yield Problem(at / key, "config", sentence)


def _misnamed(document: Document, pointer: str, name: str, model: Model) -> str | None:
    pointers = {place.at.pointer for place in document.schemas} | {""}
    if pointer not in pointers:
        hint = did_you_mean(pointer, pointers)
        return f"there is no schema at `{pointer}` in `{document.path}`{hint}"
    wanted = Name(document.path.parent.parts, name)
    for source in (one.source for one in model.definitions if one.name == wanted):
        if source.document == str(document.path) and _is_of_one(pointer, source.pointer):
            return None
        return f"`{wanted}` is what `{source.document}#{source.pointer}` is called; take another"
    return "no type is made of this schema alone: it only adds to what is around it"


def _is_of_one(pointer: str, other: str) -> bool:
    """Whether one of two schemas is the other, or one of its branches."""
    outer, inner = sorted((pointer, other), key=len)
    return inner == outer or inner.removeprefix(outer).startswith(_BRANCHES)


_BRANCHES = ("/allOf/", "/anyOf/", "/oneOf/")
