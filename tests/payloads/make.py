"""Make an archive: invocation records as JSON lines, realistic, and broken now and then.

The same seed makes the same bytes.  Run as a program it writes `invocation_records.jsonl`.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Json = Any
SEED = 230
"""Of the lines beside this file; it brings seven last statuses and every kind of input."""

Drop = object()
"""Stands in BREAKS for a key to be taken away."""

ACTIONS: dict[str, list[str] | None] = {
    "detect_events": ["python", "-m", "detect_events", "--threshold", "0.8"],
    "extract_frames": ["extract-frames", "--every", "10"],
    "mcap_to_parquet": ["mcap2parquet", "--compression", "zstd"],
    "gps_track": ["python", "-m", "gps_track"],
    "lidar_quality": ["/app/lidar_quality", "--max-range", "120"],
    "summarize_drive": None,
}
SIZES = [(256, 512), (512, 1024), (1024, 4096), (2048, 8192), (4096, 16384), (16384, 122880)]
TOPICS = ["/camera/front/image_raw", "/imu/data", "/gps/fix", "/lidar/points", "/tf", "/odom"]
LABELS = ["hard_brake", "swerve", "cut_in", "近接", "piéton", "near_miss"]
DETAILS: dict[int, list[str | None]] = {
    0: [None],
    1: [None, "Waiting for capacity"],
    2: [None, "Downloading 12 files"],
    3: [None, "Running", "Run 2 of 3"],
    4: [None, "Uploading 3 files"],
    5: ["Exited with code 0", None],
    997: ["Cancelled by a user", None],
    998: [
        "Exited with code 137: out of memory",
        "Timed out",
        'No such file: "a.mcap"\n\tat line 7',
    ],
    999: ["Given up after 3 attempts"],
}
ENDINGS = [[5], [5], [5], [997], [998], [998, 0, 1, 2, 3, 4, 5], [998, 999], []]
BREAKS: list[tuple[tuple[str | int, ...], Json]] = [
    (("timeout",), "3600"),
    (("timeout",), 3600.5),
    (("created",), "2024-01-02T03:04:05"),
    (("created",), 1704164645),
    (("created",), "2024-02-30T00:00:00Z"),
    (("last_status",), "Completed"),
    (("last_status",), 6),
    (("duration",), "5 minutes"),
    (("duration",), None),
    (("compute_requirements",), {"vCPU": 1024}),
    (("compute_requirements", "memory"), 1000),
    (("compute_requirements", "gpu"), True),
    (("compute_requirements", "storage"), 20),
    (("container_parameters", "command"), "python -m detect_events"),
    (("container_parameters", "env_vars"), {"DEBUG": 1}),
    (("data_source", "data_source_type"), "Bucket"),
    (("input_data",), None),
    (("input_data", 0), 7),
    (("rich_input_data",), {"files": [], "topics": []}),
    (("rich_input_data",), {"files": [{"dataset_id": "ds_0a1b2c3d4e5f"}]}),
    (("provenance", "source", "source_type"), "Schedule"),
    (("provenance", "action", "name"), Drop),
    (("status", 0, "status"), 3.5),
    (("status", 0, "timestamp"), Drop),
    (("upload_destination",), "ds_0a1b2c3d4e5f"),
    (("invocation_id",), Drop),
    (("org_id",), 42),
]
"""What breaks a record: a place, and what is put there."""


def records(count: int, seed: int, broken_share: float) -> Iterator[tuple[bytes, bool]]:
    """`count` lines without their line feeds, each with whether it is valid."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        record = _record(chance)
        valid = chance.random() >= broken_share
        line = json.dumps(record if valid else _broken(chance, record), ensure_ascii=False)
        yield line.encode(), valid


def _record(chance: random.Random) -> dict[str, Json]:
    created = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(700 * 86400))
    history = _history(chance, created)
    action = chance.choice(sorted(ACTIONS))
    dataset, org = _id(chance, "ds"), _id(chance, "og")
    paths = [f"logs/drive_{n:03d}.mcap" for n in range(chance.randint(1, 12))]
    last = datetime.fromisoformat(history[-1]["timestamp"])
    return {
        "compute_requirements": _compute(chance),
        "container_parameters": _container(chance, action),
        "created": _time(chance, created),
        "data_source": {"data_source_id": dataset, "data_source_type": "Dataset"},
        "duration": _duration(chance, last - created),
        "idempotency_id": chance.choice([None, f"{action}-{created:%Y-%m-%d}"]),
        "input_data": paths,
        "invocation_id": _id(chance, "iv"),
        "last_heartbeat": chance.choice([None, _time(chance, last)]),
        "last_status": history[-1]["status"],
        "org_id": org,
        "parameter_values": _parameters(chance),
        "provenance": _provenance(chance, action, org),
        "rich_input_data": _input(chance, dataset, paths),
        "status": history,
        "timeout": chance.choice([600, 1800, 3600, 43200, 3600.0]),
        "upload_destination": _destination(chance, dataset),
    }


def _history(chance: random.Random, created: datetime) -> list[dict[str, Json]]:
    path = [*range(chance.choice([5, 5, 5, 5, 1, 3])), *chance.choice(ENDINGS)]
    moments = [created]
    for _ in path:
        moments.append(moments[-1] + timedelta(milliseconds=chance.randrange(900_000)))
    return [
        {"detail": chance.choice(DETAILS[status]), "status": status, "timestamp": _utc(moment)}
        for status, moment in zip(path, moments, strict=False)
    ]


def _compute(chance: random.Random) -> dict[str, Json]:
    vcpu, memory = chance.choice(SIZES)
    return {"vCPU": vcpu, "memory": memory, "gpu": False, "storage": chance.choice([21, 50, 200])}


def _container(chance: random.Random, action: str) -> dict[str, Json]:
    environment = {"LOG_LEVEL": chance.choice(["info", "debug"]), "OUTPUT_DIR": "/output", "TZ": ""}
    return {
        "command": ACTIONS[action],
        "entry_point": chance.choice([None, ["/bin/bash", "-c"]]),
        "env_vars": chance.choice([None, {}, environment]),
        "workdir": chance.choice([None, "/app"]),
    }


def _provenance(chance: random.Random, action: str, org: str) -> dict[str, Json]:
    version = f"{chance.randrange(4)}.{chance.randrange(20)}.{chance.randrange(9)}"
    trigger = {"source_id": _id(chance, "tr"), "source_type": "Trigger"}
    return {
        "action": {"digest": _digest(chance), "name": action, "org_id": org},
        "executable": {
            "container_image_digest": _digest(chance),
            "container_image_uri": f"registry.example.com/{action}:{version}",
        },
        "source": chance.choice(
            [trigger, {"source_id": _id(chance, "us"), "source_type": "Manual"}]
        ),
    }


def _input(chance: random.Random, dataset: str, paths: list[str]) -> Json:
    nothing = {"query": None, "ids": None, "names": None, "dataset_id": None}
    by_paths = nothing | {"dataset_id": dataset, "paths": paths}
    by_query = nothing | {
        "query": f'dataset_id = "{dataset}" AND path LIKE "%.mcap"',
        "paths": None,
    }
    topics = nothing | {"names": chance.sample(TOPICS, chance.randint(1, 4))}
    return chance.choice(
        [
            None,
            {"files": by_paths, "topics": None},
            {"files": [by_paths, by_query], "topics": []},
            {"files": [by_query], "topics": [topics]},
            {"files": None, "topics": topics},
        ]
    )


def _parameters(chance: random.Random) -> dict[str, Json]:
    values: dict[str, Json] = {
        "threshold": round(chance.random(), 3),
        "labels": chance.sample(LABELS, 3),
        "options": {"dry_run": chance.random() < 0.5, "window": {"before": 2.5, "after": None}},
        "note": "Rerun of the night; see the “drives” dashboard 🚗",
        "max_frames": 10 ** chance.randrange(12),
    }
    return {name: values[name] for name in chance.sample(sorted(values), chance.randrange(6))}


def _destination(chance: random.Random, dataset: str) -> Json:
    kinds = [("Dataset", dataset), ("Dataset", dataset), ("S3", "robot-outputs"), ("Unknown", None)]
    kind, id_ = chance.choice(kinds)
    return chance.choice([None, {"destination_id": id_, "destination_type": kind}])


def _broken(chance: random.Random, record: dict[str, Json]) -> dict[str, Json]:
    broken = copy.deepcopy(record)
    place: Json = broken
    (*way, last), value = chance.choice(BREAKS)
    for step in way:
        place = place[step]
    if value is Drop:
        del place[last]
    else:
        place[last] = value
    return broken


def _id(chance: random.Random, prefix: str) -> str:
    return f"{prefix}_{chance.getrandbits(60):012x}"


def _digest(chance: random.Random) -> str:
    return f"sha256:{chance.getrandbits(256):064x}"


def _utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _time(chance: random.Random, moment: datetime) -> str:
    """UTC most of the time, and now and then the same moment elsewhere."""
    elsewhere = (moment + timedelta(hours=2)).replace(tzinfo=None).isoformat() + "+02:00"
    return chance.choice([_utc(moment), _utc(moment), elsewhere])


def _duration(chance: random.Random, length: timedelta) -> str:
    hours, rest = divmod(length, timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    exact = f"PT{hours}H{minutes}M{rest.total_seconds():.3f}S"
    return chance.choice([exact, exact, "PT0S", f"P1DT{hours}H"])


def main() -> None:
    lines = b"".join(line + b"\n" for line, _ in records(20, SEED, broken_share=0))
    Path(__file__).with_name("invocation_records.jsonl").write_bytes(lines)


if __name__ == "__main__":
    main()
