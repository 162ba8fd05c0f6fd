"""Remote: the files that a URL stands for, by fsspec, which no other module knows."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from recordsmith.validation.decoding import decoded
from recordsmith.validation.unreadable import BrokenInputError, InputError

_PATIENCE = 60
"""Seconds without a byte from a server."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that a URL leads to."""

    name: str
    size: int | None
    open: Callable[[], BinaryIO]


def find(url: str) -> list[Remote]:
    """The files that `url` stands for: itself, or as a glob.  Raises `InputError`."""
    system, path = _system(url)
    try:
        return list(_found(system, path, url))
    except InputError:
        raise
    except Exception as error:  # each file system has its own
        raise InputError(url, _reason(error)) from error


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        core = importlib.import_module("fsspec.core")
    except ImportError:
        sentence = "a URL takes more: pip install 'recordsmith[remote]'"
        raise InputError(url, sentence) from None
    try:
        system, path = core.url_to_fs(url, **_options(url))
    except ImportError as error:
        raise InputError(url, f"its protocol takes more: {error}") from error
    except Exception as error:  # each file system has its own
        raise InputError(url, f"it cannot be opened: {_words(error)}") from error
    return system, path


def _options(url: str) -> dict[str, Any]:
    """What lets a download take longer than the five minutes that aiohttp grants."""
    if not url.startswith(("http:", "https:")):
        return {}
    try:
        timeout = importlib.import_module("aiohttp").ClientTimeout
    except ImportError:  # fsspec has words for it
        return {}
    return {"client_kwargs": {"timeout": timeout(sock_connect=_PATIENCE, sock_read=_PATIENCE)}}


def _found(system: Any, path: str, url: str) -> Iterator[Remote]:
    is_glob = any(sign in path for sign in "*?[")
    if not is_glob or system.exists(path):
        about = system.info(path)
        if about["type"] == "directory":
            raise InputError(url, f"it is a folder; write which of its files, such as '{url}/*'")
        yield _remote(system, path, url, about["size"])
        return
    listed = sorted(system.glob(path, detail=True).items())
    files = [(each, about) for each, about in listed if about["type"] == "file"]
    if not files:
        raise InputError(url, "no file matches")
    _, chained, rest = url.partition("::")
    for each, about in files:
        name = system.unstrip_protocol(each) + chained + rest
        yield _remote(system, each, name, about["size"])


def _remote(system: Any, path: str, name: str, size: int | None) -> Remote:
    streamed = {"block_size": 0} if "http" in system.protocol else {}  # few send parts of a file

    def opened() -> BinaryIO:
        try:
            return decoded(system.open(path, "rb", **streamed), name)
        except Exception as error:  # each file system has its own
            raise BrokenInputError(name, _reason(error)) from error

    return Remote(name, size, opened)


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError() if error.__cause__:
            return f"there is no such file: {_words(error.__cause__)}"
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "you are not permitted to read it"
        case _:
            return f"it cannot be opened: {_words(error)}"


def _words(error: BaseException) -> str:
    return str(error).strip() or type(error).__name__
