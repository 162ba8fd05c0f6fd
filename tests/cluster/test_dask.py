"""`recordsmith validate --engine dask`: what a cluster says is what one machine says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # what is beside this is imported as tests.*

from tests.cluster.server import Server, serving  # noqa: E402
from tests.payloads.make import records  # noqa: E402

from recordsmith.validation.workers import usable_processors  # noqa: E402

COMMAND = Path(sys.executable).with_name("recordsmith")
SIZE = 60_000_000
SECOND = 20_000_000
"""A byte in the second of the ranges in which remote files are judged."""
QUICK = 20
"""Seconds that are far more than what is waited for takes."""


@dataclass(frozen=True)
class Cluster:
    """Two workers."""

    process: subprocess.Popen[str]

    def ask(self) -> tuple[str, list[int]]:
        """The scheduler's address, and the workers' processes."""
        into, out = self.process.stdin, self.process.stdout
        assert into
        assert out
        into.write("?\n")
        into.flush()
        address, *pids = out.readline().split()
        return address, [int(pid) for pid in pids]

    @property
    def options(self) -> tuple[str, ...]:
        return "--engine", "dask", "--scheduler", self.ask()[0]


@contextmanager
def _new_cluster() -> Iterator[Cluster]:
    program = Path(__file__).with_name("cluster.py")
    with subprocess.Popen(
        [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Cluster(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(QUICK)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with _new_cluster() as started:
        yield started


@dataclass(frozen=True)
class Archive:
    """A file, with the lines that are invalid, and the report of the exact engine."""

    file: Path
    faulty: list[int]
    told: list[dict[str, Any]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = list(records(5_000, seed=7, broken_share=0.02))
    content = b"".join(line + b"\n" for line, _ in made)
    times = -(-SIZE // len(content))
    file = tmp_path_factory.mktemp("archive") / "a.jsonl"
    file.write_bytes(content * times)
    faults = [number for number, (_, valid) in enumerate(made, 1) if not valid]
    faulty = [time * len(made) + number for time in range(times) for number in faults]
    run = _run(file, "--engine", "exact")
    return Archive(file, faulty, _told(run.stdout))


def _command(file: Path | str, *options: str) -> list[str | Path]:
    return [COMMAND, "validate", "InvocationRecord", str(file), "--format", "json", *options]


def _run(file: Path | str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(file, *options), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )


@contextmanager
def _started(file: Path | str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work; none of its processes outlives the test."""
    with subprocess.Popen(
        _command(file, *options),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _holding(archive: Archive) -> Iterator[Server]:
    """A server that lets nobody judge more than the first range, until it is told to."""
    with serving(archive.file) as server:
        server.held_from = SECOND
        yield server


def _told(lines: str, name: str | None = None) -> list[dict[str, Any]]:
    """The objects of a report, whose file is called by another name."""
    told = [json.loads(line) for line in lines.splitlines()]
    return [one | {"file": name} for one in told] if name else told


def test_a_cluster_tells_what_the_exact_engine_tells(archive: Archive, cluster: Cluster) -> None:
    run = _run(archive.file, *cluster.options)

    assert sorted({one["line"] for one in archive.told}) == archive.faulty
    assert _told(run.stdout) == archive.told
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("protocol", ["file://", "local://"])
def test_workers_read_what_is_behind_a_url(
    archive: Archive, cluster: Cluster, protocol: str
) -> None:
    run = _run(f"{protocol}{archive.file}", *cluster.options)

    assert _told(run.stdout, str(archive.file)) == archive.told


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(
    archive: Archive, cluster: Cluster
) -> None:
    """One range is told of, and both workers wait for bytes of another, when one of them dies."""
    with _holding(archive) as server, _started(server.url, *cluster.options) as process:
        assert server.waiting.acquire(timeout=QUICK)
        assert server.waiting.acquire(timeout=QUICK)
        assert process.stdout
        first = process.stdout.readline()
        _, (killed, _) = cluster.ask()
        os.kill(killed, signal.SIGKILL)
        assert server.waiting.acquire(timeout=QUICK), "nobody does again what was not done"
        assert process.poll() is None
        server.let_go.set()
        rest = process.stdout.read()  # `communicate` would lose what was read with the first line
        _, closing = process.communicate(timeout=QUICK)

    assert _told(first + rest, str(archive.file)) == archive.told
    assert closing.startswith(f"{_lines(archive.file):,} records: {len(archive.faulty):,} invalid")
    assert killed not in cluster.ask()[1]


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n")


def test_what_no_worker_survives_is_told_of_and_the_rest_is_judged(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with _holding(archive) as server, _started(server.url, "--engine", "dask") as process:
        for _ in range(min(2, usable_processors())):  # if two wait, the first range is judged
            assert server.waiting.acquire(timeout=QUICK)
        for line in _living(process.pid):  # which of the workers waits, nobody knows
            if "spawn_main" in line:
                os.kill(int(line.split()[0]), signal.SIGKILL)
        server.let_go.set()
        lines, closing = process.communicate(timeout=QUICK)

    told = _told(lines, str(archive.file))
    unjudged = [one for one in told if one["rule"] == "unjudged"]
    assert unjudged
    assert all("none of their records was judged" in str(one["message"]) for one in unjudged)
    assert len(told) > len(unjudged)
    assert (process.returncode, "Traceback" in closing) == (1, False)


def test_what_comes_only_as_a_whole_is_read_here_and_not_in_advance(
    archive: Archive, cluster: Cluster
) -> None:
    with serving(archive.file, ranges=False) as server:
        run = _run(server.url, *cluster.options)

    assert _told(run.stdout, str(archive.file)) == archive.told
    assert server.sent < 1.5 * archive.file.stat().st_size


def test_what_is_split_is_all_there(archive: Archive, cluster: Cluster, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"

    _run(f"file://{archive.file}", *cluster.options, "--split", str(good), str(bad))

    faulty = set(archive.faulty)
    lines = list(enumerate(archive.file.read_bytes().splitlines(keepends=True), 1))
    assert good.read_bytes() == b"".join(line for number, line in lines if number not in faulty)
    assert bad.read_bytes() == b"".join(line for number, line in lines if number in faulty)


def test_the_summary_is_the_same(archive: Archive, cluster: Cluster) -> None:
    here = _run(archive.file, "--format", "summary")
    there = _run(archive.file, "--format", "summary", *cluster.options)

    assert (there.stdout, there.stderr) == (here.stdout, here.stderr)
    assert "share" in here.stdout


def test_ctrl_c_ends_the_run_and_leaves_the_cluster_to_others(
    archive: Archive, cluster: Cluster
) -> None:
    with _holding(archive) as server, _started(server.url, *cluster.options) as process:
        assert server.waiting.acquire(timeout=QUICK)
        os.killpg(process.pid, signal.SIGINT)
        _, closing = process.communicate(timeout=QUICK)

    assert process.returncode == 130
    assert closing.startswith("Interrupted. So far: ")
    assert "Traceback" not in closing
    assert len(cluster.ask()[1]) == 2


def test_ctrl_c_leaves_nothing_of_a_cluster_that_was_started_for_the_run(archive: Archive) -> None:
    with _holding(archive) as server, _started(server.url, "--engine", "dask") as process:
        assert server.waiting.acquire(timeout=QUICK)
        os.killpg(process.pid, signal.SIGINT)
        _, closing = process.communicate(timeout=QUICK)

    assert process.returncode == 130
    assert closing.startswith("Interrupted. So far: ")
    assert "Traceback" not in closing
    deadline = time.monotonic() + QUICK
    while left := _living(process.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def _living(group: int) -> list[str]:
    """The processes of a group; one that has ended may be a zombie for a while."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(maxsplit=3) for line in listed.stdout.splitlines()]
    return [" ".join(row) for row in rows if row[1] == str(group) and row[2][0] != "Z"]


def test_a_scheduler_that_goes_ends_the_run_with_a_sentence(archive: Archive) -> None:
    with (
        _new_cluster() as lost,
        _holding(archive) as server,
        _started(server.url, *lost.options) as process,
    ):
        assert server.waiting.acquire(timeout=QUICK)
        lost.process.kill()
        _, closing = process.communicate(timeout=QUICK)

    assert process.returncode == 2
    assert closing.startswith("Cannot go on: the cluster's scheduler is gone: ")


def test_a_scheduler_that_is_not_there_is_wrong_use(archive: Archive) -> None:
    with _started(archive.file, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1") as run:
        _, told = run.communicate(timeout=QUICK)

    assert run.returncode == 2
    assert "there is no scheduler at tcp://127.0.0.1:1" in told
    assert "Traceback" not in told


def test_an_address_that_is_none_is_wrong_use(archive: Archive) -> None:
    run = _run(archive.file, "--engine", "dask", "--scheduler", "nowhere://x")

    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
    assert "there is no scheduler at nowhere://x" in run.stderr


def test_without_the_extra_it_is_told_what_to_install(archive: Archive) -> None:
    program = (
        "import sys; sys.modules['distributed'] = None\n"
        "from recordsmith.cli import run\n"
        "sys.argv[0] = 'recordsmith'; run()"
    )
    words = ["validate", "InvocationRecord", str(archive.file), "--engine", "dask"]
    run = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 2
    assert "pip install 'recordsmith[dask]'" in run.stderr
