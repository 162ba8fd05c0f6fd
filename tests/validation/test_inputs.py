"""What the user names becomes streams of bytes, wherever it is and however it is compressed."""

from __future__ import annotations

import bz2
import functools
import gzip
import http.server
import io
import lzma
import os
import socketserver
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
import zstandard

from recordsmith.validation.decoding import decoded
from recordsmith.validation.inputs import BrokenInputError, Input, InputError, expand

LINES = b"".join(b'{"id": %d}\n' % number for number in range(50_000))


def _zstd(raw: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(raw)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": _zstd,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(name: str, raw: bytes = LINES) -> str:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return name


def _one(word: str) -> Input:
    (one,) = expand([word])
    return one


def _read(word: str) -> bytes:
    with _one(word).open() as stream:
        return stream.read()


def _good_part(word: str, size: int) -> tuple[bytes, BrokenInputError]:
    """What could be read in pieces of a size, and what was raised then, and again."""
    pieces: list[bytes] = []
    with _one(word).open() as stream:
        with pytest.raises(BrokenInputError) as found:
            pieces.extend(iter(lambda: stream.read(size), b""))
        with pytest.raises(BrokenInputError):
            stream.readline()
    return b"".join(pieces), found.value


def _names(*words: str) -> list[str]:
    return [one.name for one in expand(words)]


def _refusal(*words: str) -> str:
    with pytest.raises(InputError) as found:
        expand(words)
    return f"{found.value.name}: {found.value.sentence}"


def _python(code: str, given: bytes = b"") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode()


def test_a_plain_file_may_be_read_in_any_order() -> None:
    one = _one(_write("records.jsonl"))

    assert one.path == Path("records.jsonl")
    assert one.size == len(LINES)
    assert one.open().read() == LINES


@pytest.mark.parametrize("kind", COMPRESS)
def test_a_compressed_file_is_told_by_its_content(kind: str) -> None:
    stored = COMPRESS[kind](LINES)

    one = _one(_write("records.jsonl", stored))

    assert (one.path, one.size) == (None, len(stored))
    assert one.open().read() == LINES


@pytest.mark.parametrize("kind", COMPRESS)
def test_a_plain_file_may_have_the_name_of_a_compressed_one(kind: str) -> None:
    assert _read(_write(f"records.jsonl.{kind}")) == LINES


@pytest.mark.parametrize("kind", COMPRESS)
def test_members_that_follow_one_another_are_one_stream(kind: str) -> None:
    parts = LINES[:7], b"", LINES[7:300_000], LINES[300_000:]
    stored = b"".join(COMPRESS[kind](part) for part in parts)

    assert _read(_write("records", stored)) == LINES


@pytest.mark.parametrize("tool", ["gzip", "bzip2", "xz", "zstd"])
def test_what_the_tools_write_is_read(tool: str) -> None:
    stored = subprocess.run([tool, "-c"], input=LINES, capture_output=True, check=True).stdout

    assert _read(_write("records", stored)) == LINES


@pytest.mark.parametrize("inner", COMPRESS)
@pytest.mark.parametrize("outer", COMPRESS)
def test_what_is_compressed_twice_cannot_be_read_and_says_why(inner: str, outer: str) -> None:
    good, error = _good_part(_write("records", COMPRESS[outer](COMPRESS[inner](LINES))), 1_000)

    assert good == b""
    assert error.sentence.startswith("it is compressed twice: ")


def test_what_is_compressed_twice_says_how_and_what_to_do() -> None:
    _, error = _good_part(_write("records", gzip.compress(bz2.compress(LINES))), 1_000)

    assert error.sentence == (
        "it is compressed twice: its gzip data hold bzip2 data; decompress it once"
    )


@pytest.mark.parametrize(("kind", "padding"), [("gz", b"\0" * 512), ("xz", b"\0" * 8)])
def test_zeros_between_and_behind_members_are_padding(kind: str, padding: bytes) -> None:
    member = COMPRESS[kind](LINES)

    assert _read(_write("records", 2 * (member + padding))) == 2 * LINES


def test_a_zstd_frame_to_skip_is_skipped() -> None:
    skipped = b"\x51\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"index"

    assert _read(_write("records", skipped + _zstd(LINES) + skipped)) == LINES


@pytest.mark.parametrize("raw", [b"", b"{", b"\x1f", b"BZh9 is a word", b"PK*\n"])
def test_what_only_looks_compressed_is_plain(raw: bytes) -> None:
    one = _one(_write("records", raw))

    assert one.path
    assert one.open().read() == raw


@pytest.mark.parametrize("kind", COMPRESS)
@pytest.mark.parametrize("size", [1_000, 1 << 30])
def test_of_a_file_that_is_cut_short_what_is_there_is_read_first(kind: str, size: int) -> None:
    stored = COMPRESS[kind](LINES) + COMPRESS[kind](LINES)

    good, error = _good_part(_write("records", stored[:-9]), size)

    assert len(LINES) <= len(good) <= 2 * len(LINES)
    assert (2 * LINES).startswith(good)
    assert error.name == "records"
    assert "end in the middle" in error.sentence


@pytest.mark.parametrize("kind", COMPRESS)
def test_of_a_file_that_goes_on_with_anything_else_the_stream_is_read_first(kind: str) -> None:
    good, error = _good_part(
        _write("records", COMPRESS[kind](LINES) + b"garbage, and more of it"), 1_000
    )

    assert good == LINES
    assert "are broken from here on" in error.sentence


def test_a_checksum_that_does_not_match_is_told_behind_the_content() -> None:
    stored = bytearray(gzip.compress(LINES))
    stored[-6] ^= 1

    good, error = _good_part(_write("records", bytes(stored)), 1_000)

    assert good == LINES
    assert "incorrect data check" in error.sentence


@pytest.mark.parametrize("kind", COMPRESS)
def test_each_way_of_reading_meets_the_break(kind: str) -> None:
    word = _write("records", COMPRESS[kind](LINES)[:-9])
    ways: list[Callable[[io.BufferedReader], object]] = [
        list,
        lambda stream: [*iter(stream.read1, b"")],
        lambda stream: [*iter(lambda: stream.readinto(bytearray(1_000)), 0)],
    ]

    for way in ways:
        with _one(word).open() as stream, pytest.raises(BrokenInputError):
            way(stream)  # type: ignore[arg-type]  # it is one


@pytest.mark.parametrize("kind", COMPRESS)
def test_what_grows_a_thousandfold_is_read_in_flat_memory(kind: str) -> None:
    raw = bytes(300 << 20)
    _write("bomb", COMPRESS[kind](raw) if kind != "xz" else lzma.compress(raw, preset=0))

    told = _python(
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))\n"
        "from recordsmith.validation.inputs import expand\n"
        "stream = expand(['bomb'])[0].open()\n"
        "print(sum(len(block) for block in iter(lambda: stream.read(1 << 20), b'')))\n"
    )

    assert told == f"{len(raw)}\n"


def test_a_pipe_is_read_once_and_not_before_it_is_opened() -> None:
    os.mkfifo("pipe")
    one = _one("pipe")
    writer = threading.Thread(target=lambda: _write("pipe", gzip.compress(LINES)))
    writer.start()

    assert (one.path, one.size) == (None, None)
    assert one.open().read() == LINES
    writer.join()


READ_STDIN = (
    "import sys; from recordsmith.validation.inputs import expand; one, = expand(['-', '-']);"
    "print(one.name, one.path, len(one.open().read()))"
)


@pytest.mark.parametrize("compress", [bytes, *COMPRESS.values()])
def test_standard_input_may_be_compressed(compress: Callable[[bytes], bytes]) -> None:
    assert _python(READ_STDIN, compress(LINES)) == f"<stdin> None {len(LINES)}\n"


def test_standard_input_is_left_open() -> None:
    told = _python(
        "import sys; from recordsmith.validation.inputs import expand\n"
        "with expand(['-'])[0].open() as stream: stream.readline()\n"
        "print(sys.stdin.buffer.closed)\n",
        LINES,
    )

    assert told == "False\n"


def test_the_first_bytes_may_come_one_by_one() -> None:
    class Dribble(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return super().read(1)

    for compress in (bytes, *COMPRESS.values()):
        assert decoded(Dribble(compress(b"[1]")), "file").read() == b"[1]"


def test_standard_input_that_is_closed_is_wrong_use() -> None:
    told = _python(f"import sys; sys.stdin = None\n{READ_STDIN}")

    assert told.endswith("InputError: standard input is closed\n")


def test_a_glob_is_expanded_and_sorted() -> None:
    for name in (
        "logs/b.jsonl",
        "logs/a.jsonl",
        "logs/deep/er/c.jsonl",
        "logs/d.txt",
        "logs/.e.jsonl",
    ):
        _write(name)

    assert _names("logs/*.jsonl") == ["logs/a.jsonl", "logs/b.jsonl"]
    assert _names("logs/**/*.jsonl") == ["logs/a.jsonl", "logs/b.jsonl", "logs/deep/er/c.jsonl"]
    assert _names(f"{Path.cwd()}/logs/[ab].jsonl")[1].endswith("/logs/b.jsonl")


def test_a_file_whose_name_is_a_glob_is_that_file() -> None:
    _write("a1.json")
    _write("a[1].json")

    assert _names("a[1].json") == ["a[1].json"]


def test_a_file_whose_name_is_a_url_is_that_file() -> None:
    _write("s3://bucket/a.json")

    assert _names("s3://bucket/a.json") == ["s3://bucket/a.json"]


def test_a_file_that_is_named_twice_is_read_once() -> None:
    _write("logs/a.json")
    Path("link.json").symlink_to("logs/a.json")

    assert _names("logs/a.json", "link.json", "logs/*", "./logs/../logs/a.json") == ["logs/a.json"]


def test_files_come_in_the_order_in_which_they_are_named() -> None:
    for name in "cab":
        _write(name)

    assert _names("c", "[ab]") == ["c", "a", "b"]


def test_what_names_no_file_is_wrong_use_and_says_what_to_do() -> None:
    _write("logs/a.json")
    Path("lost.json").symlink_to("nowhere.json")

    assert _refusal("logs/a.json", "nope.json") == "nope.json: there is no such file"
    assert _refusal("nul\0l") == "nul\0l: there is no such file"
    assert _refusal("*.jsonl") == "*.jsonl: no file matches"
    assert _refusal("log*") == "log*: no file matches"
    assert _refusal("lost.json") == "lost.json: it leads to a file that is not there"
    assert "write which of its files, such as 'logs/**/*.json'" in _refusal("logs")


@pytest.fixture
def nobody(folder: Path) -> Iterator[None]:
    """Somebody who must not read `secret.json`; root may read everything."""
    (folder / _write("secret.json")).chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.mark.usefixtures("nobody")
def test_a_file_that_must_not_be_read_is_wrong_use() -> None:
    assert _refusal("secret.json") == "secret.json: you are not permitted to read it"


def test_a_file_that_went_away_is_told_when_it_is_opened() -> None:
    one = _one(_write("records"))
    Path("records").unlink()

    with pytest.raises(BrokenInputError, match="it is no longer there"):
        one.open()


NEEDED = {
    "memory://a": ("fsspec", "memory://a: a URL takes more: pip install 'recordsmith[remote]'"),
    "s3://b/c": ("s3fs", "s3://b/c: its protocol takes more: Install s3fs to access S3"),
    "a.zst": (
        "zstandard",
        "a.zst: it is compressed with zstd, which takes more: pip install 'recordsmith[zstd]'",
    ),
}


@pytest.mark.parametrize("word", NEEDED)
def test_what_takes_a_package_more_says_which(word: str) -> None:
    _write("a.zst", _zstd(LINES))
    package, sentence = NEEDED[word]

    told = _python(
        f"import sys; sys.modules[{package!r}] = sys.modules['compression'] = None\n"
        "from recordsmith.validation.inputs import expand, InputError\n"
        f"try: expand([{word!r}])\n"
        "except InputError as error: print(error.name, error.sentence, sep=': ')\n"
    )

    assert told == f"{sentence}\n"


def test_zstd_on_standard_input_says_what_it_takes_when_it_is_read() -> None:
    told = _python(f"import sys; sys.modules['zstandard'] = None\n{READ_STDIN}", _zstd(LINES))

    assert "BrokenInputError: it is compressed with zstd" in told


def test_a_run_without_urls_and_compression_imports_nothing_for_them() -> None:
    _write("records.jsonl")

    told = _python(
        "import sys; from recordsmith.validation.inputs import expand\n"
        "expand(['records.jsonl'])[0].open().read()\n"
        "print({'fsspec', 'zlib', 'bz2', 'lzma', 'zstandard', 'glob', 'yaml'} & {*sys.modules})\n"
    )

    assert told == "set()\n"


def test_a_url_is_opened_by_fsspec() -> None:
    with fsspec.open("memory://urls/a.jsonl.gz", "wb") as file:
        file.write(gzip.compress(LINES))

    one = _one("memory://urls/a.jsonl.gz")

    assert (one.name, one.path) == ("memory://urls/a.jsonl.gz", None)
    assert one.size == len(gzip.compress(LINES))
    assert one.open().read() == LINES


def test_a_url_may_be_a_glob() -> None:
    for name in ("b.jsonl", "a.jsonl", "deep/c.jsonl", "d.txt"):
        with fsspec.open(f"memory://globs/{name}", "wb") as file:
            file.write(LINES)

    names = _names("memory://globs/*.jsonl", "memory:///globs/a.jsonl")

    assert [name.split("globs/")[1] for name in names] == ["a.jsonl", "b.jsonl"]
    assert len(_names("memory://globs/**/*.jsonl")) == 3
    assert len(_names("memory://globs/*")) == 3
    assert all(_read(name) == LINES for name in names)


def test_a_url_whose_name_is_a_glob_is_that_file() -> None:
    for name in ("a[1].json", "a1.json"):
        with fsspec.open(f"memory://odd/{name}", "wb") as file:
            file.write(LINES)

    assert [name[-9:] for name in _names("memory://odd/a[1].json")] == ["a[1].json"]


def test_urls_may_be_chained() -> None:
    with zipfile.ZipFile("logs.zip", "w") as archive:
        archive.writestr("a.jsonl", LINES)

    (one,) = expand(["zip://*.jsonl::file://logs.zip"])

    assert one.name == "zip://a.jsonl::file://logs.zip"
    assert one.open().read() == LINES


def test_a_url_that_names_no_file_is_wrong_use() -> None:
    fsspec.filesystem("memory").makedirs("/some/folder", exist_ok=True)

    assert _refusal("memory://nope") == "memory://nope: there is no such file"
    assert _refusal("memory://nope/*") == "memory://nope/*: no file matches"
    assert "it is a folder" in _refusal("memory://some/folder")
    assert "Protocol not known: nope" in _refusal("nope://a")


class _Server(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; of `short`, less than it promises."""

    def do_GET(self) -> None:
        if self.path != "/short":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(2 * len(LINES)))
        self.end_headers()
        self.wfile.write(LINES)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Server, directory=str(folder))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize("kind", COMPRESS)
def test_a_file_is_read_over_http(server: str, kind: str) -> None:
    stored = COMPRESS[kind](LINES)
    _write(f"logs/a.jsonl.{kind}", stored)

    one = _one(f"{server}/logs/a.jsonl.{kind}?token=1")

    assert one.size == len(stored)
    assert one.open().read() == LINES


def test_a_large_file_is_read_from_a_server_that_sends_no_parts(server: str) -> None:
    large = 20 * LINES
    _write("large.jsonl", large)

    assert _read(f"{server}/large.jsonl") == large


def test_a_glob_over_http_goes_by_the_list_of_the_server(server: str) -> None:
    for name in ("logs/b.jsonl", "logs/a.jsonl", "logs/c.txt"):
        _write(name)

    assert _names(f"{server}/logs/*.jsonl") == [f"{server}/logs/{it}.jsonl" for it in "ab"]


def test_a_server_that_has_no_such_file_is_quoted(server: str) -> None:
    assert "there is no such file: 404" in _refusal(f"{server}/nope.jsonl")


def test_a_server_that_is_not_there_is_told() -> None:
    assert "Cannot connect to host 127.0.0.1:1" in _refusal("http://127.0.0.1:1/a.jsonl")


def test_of_a_connection_that_breaks_what_came_is_read_first(server: str) -> None:
    _write("short")

    good, error = _good_part(f"{server}/short", 1_000)

    assert LINES.startswith(good)
    assert len(good) > len(LINES) // 2
    assert "it cannot be read on" in error.sentence
