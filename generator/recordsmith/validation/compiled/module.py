"""Module: a compiled schema at work on lines of JSON.  The one room of wasmtime."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from struct import iter_unpack, pack
from typing import Any, TypeVar

from wasmtime import Engine, Func, Global, Instance, Memory, Module, Store, WasmtimeError

from recordsmith.catalog import Catalog, Document
from recordsmith.drafts import FormatPolicy, assertive
from recordsmith.strict_json import DEEPEST, MOST_VALUES
from recordsmith.validation.compiled import cache, layout
from recordsmith.validation.engines import Doubt, Judged

_PAGE = 1 << 16
_LENGTH = 4
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Program:
    """A schema as WebAssembly."""

    text: str
    """A module in the text format."""
    tables: bytes


def program_of(catalog: Catalog, document: Document, formats: FormatPolicy) -> Program | None:
    """The document's schema, compiled; None where it is too large for that to pay."""
    from recordsmith.validation.compiled.schemas import Compiler, TooLarge  # late: it is slow

    compiler = Compiler(catalog, formats=assertive(formats)[document.draft])
    try:
        root = compiler.compile(document.top)
    except TooLarge:
        return None
    runtime = files("recordsmith.validation.compiled").joinpath("runtime.wat").read_text("utf-8")
    for name, number in (
        ("{doubt}", layout.DOUBT),
        ("{doubts}", layout.DOUBTS),
        ("{keys}", layout.KEYS),
        ("{most_keys}", layout.MOST_KEYS),
        ("{most_values}", MOST_VALUES),
    ):
        runtime = runtime.replace(name, str(number))
    functions = "\n".join(compiler.functions).replace("{deepest}", str(DEEPEST))
    start = f"  (func $root (param $p i32) (result i32) (call {root} (local.get $p)))\n"
    text = f'(module\n  (memory (export "memory") 4)\n\n{runtime}\n{start}\n{functions})\n'
    return Program(text, bytes(compiler.tables))


class Loaded:
    """A program, ready to be run in this process and in what is forked from it."""

    def __init__(self, program: Program) -> None:
        self.engine = Engine()
        self.module = Module(self.engine, program.text)
        self.tables = program.tables

    @classmethod
    def from_bytes(cls, raw: bytes) -> Loaded:
        """What `to_bytes` gave.  Raises `WasmtimeError` where this is another wasmtime."""
        size = int.from_bytes(raw[:_LENGTH], "little")
        loaded = cls.__new__(cls)
        loaded.engine = Engine()
        loaded.tables = raw[_LENGTH : _LENGTH + size]
        loaded.module = Module.deserialize(loaded.engine, raw[_LENGTH + size :])
        return loaded

    def to_bytes(self) -> bytes:
        """All of it, as code for this machine."""
        size = len(self.tables).to_bytes(_LENGTH, "little")
        return size + self.tables + bytes(self.module.serialize())

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process on the same machine takes the code as it is."""
        return Loaded.from_bytes, (self.to_bytes(),)


def loaded(catalog: Catalog, document: Document, formats: FormatPolicy) -> Loaded | None:
    """The document's schema, compiled, now or by an earlier run; None where that does not pay."""
    key = cache.key_of(catalog, document, formats)
    kept = cache.fetch(key)
    if kept is not None:
        try:
            return Loaded.from_bytes(kept)
        except WasmtimeError:  # of another version
            kept = None
    program = program_of(catalog, document, formats)
    if program is None:
        return None
    fresh = Loaded(program)
    cache.keep(key, fresh.to_bytes())
    return fresh


class Machine:
    """Judges lines by a compiled schema.  Not to be shared between threads."""

    def __init__(self, loaded: Loaded) -> None:
        self._store = Store(loaded.engine)
        exports = Instance(self._store, loaded.module, []).exports(self._store)
        self._memory = _is(exports["memory"], Memory)
        self._judge = _is(exports["judge"], Func)
        self._counts = [_is(exports[name], Global) for name in ("lines", "records", "doubts")]
        self._input = -(-(layout.TABLES + len(loaded.tables)) // _PAGE) * _PAGE
        self._reserve(0)
        powers = pack(f"<{layout.MOST_POWERS}d", *(10.0**one for one in range(layout.MOST_POWERS)))
        self._memory.write(self._store, powers, layout.POWERS)
        self._memory.write(self._store, loaded.tables, layout.TABLES)

    def room(self, size: int) -> memoryview:
        """So many bytes of memory for lines; what the last room held, it begins with."""
        self._reserve(size)
        raw = self._memory.get_buffer_ptr(self._store, size, self._input)
        return memoryview(raw).cast("B")

    def judge(self, size: int) -> Judged:
        """What is certain of so many bytes in the room."""
        end = self._input + size
        self._memory.write(self._store, b"\n" * layout.PADDING, end)
        at, count, records = self._input, 0, 0
        doubts: list[Doubt] = []
        while at < end:
            at = self._judge(self._store, at, end, layout.MOST_DOUBTS)
            taken, judged, doubted = (one.value(self._store) for one in self._counts)
            doubts += self._doubts(doubted, count, records)
            count, records = count + taken, records + judged
        return Judged(count, records, doubts)

    def _doubts(self, count: int, lines: int, records: int) -> list[Doubt]:
        raw = self._memory.read(self._store, layout.DOUBTS, layout.DOUBTS + layout.DOUBT * count)
        return [
            Doubt(
                index + lines,
                record + records,
                start - self._input,
                end - self._input,
                is_json=bool(is_json),
                member=member - self._input if member else 0,
            )
            for index, record, start, end, is_json, member in iter_unpack("<6I", raw)
        ]

    def _reserve(self, size: int) -> None:
        needed = -(-(self._input + size + layout.PADDING) // _PAGE)
        missing = needed - self._memory.size(self._store)
        if missing > 0:
            self._memory.grow(self._store, missing)


def started(loaded: Loaded) -> Machine | None:
    """A machine; None where the system rations addresses, of which it reserves 4 GiB."""
    try:
        return Machine(loaded)
    except WasmtimeError:
        return None


def _is(export: object, kind: type[_Kind]) -> _Kind:
    if not isinstance(export, kind):
        raise TypeError(f"{export!r} is not {kind!r}")
    return export
