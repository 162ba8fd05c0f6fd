"""Index: the documents of a catalog by the names of their types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from recordsmith.catalog import SUFFIX, Catalog, Document
from recordsmith.ir import Name
from recordsmith.naming import did_you_mean, is_a_name, listed, pascal_case
from recordsmith.problems import Location, Problem, ProblemsFound, gathered


def name_of(document: Document) -> Name:
    """The document's type: its title, or else its file's name, in the module that is its folder."""
    title = document.schema.get("title") if isinstance(document.schema, dict) else None
    stem = document.path.name.removesuffix(SUFFIX).removesuffix(".json")
    written = title if isinstance(title, str) and is_a_name(title) else stem
    return Name(document.path.parent.parts, pascal_case(written) or pascal_case(stem) or stem)


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
    known = {spelling for known in documents for spelling in (known.type, str(known))}
    return Problem(at, "unknown-type", f"there is no type `{name}`{did_you_mean(name, known)}")
