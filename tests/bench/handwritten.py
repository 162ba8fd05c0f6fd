"""The records as somebody would write them by hand, with pydantic and without the toolkit: the
same fields, rules and documentation.  The benchmark's measure, and nothing else's.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StrictInt, model_validator

_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_ISO_8601 = re.compile(
    r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,6})?S)?)?", re.ASCII
)
_MEMORY = {
    256: (512, 1024, 2048),
    512: range(1024, 4097, 1024),
    1024: range(2048, 8193, 1024),
    2048: range(4096, 16385, 1024),
    4096: range(8192, 30721, 1024),
    8192: range(16384, 61441, 4096),
    16384: range(32768, 122881, 8192),
}


def _timestamp(value: Any) -> Any:
    if isinstance(value, str) and not _RFC_3339.fullmatch(value):
        raise ValueError("not an RFC 3339 date-time")
    return value


def _duration(value: Any) -> Any:
    if isinstance(value, str) and not _ISO_8601.fullmatch(value):
        raise ValueError("not an ISO 8601 duration")
    return value


def _status(value: Any) -> Any:
    if isinstance(value, bool | str):
        raise ValueError("not a status")  # noqa: TRY004 - pydantic wants a ValueError
    return value


Timestamp = Annotated[datetime, BeforeValidator(_timestamp)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]


class InvocationStatus(int, Enum):
    Queued = 0
    Scheduled = 1
    Downloading = 2
    Processing = 3
    Uploading = 4
    Completed = 5
    Cancelled = 997
    Failed = 998
    Deadly = 999


Status = Annotated[InvocationStatus, BeforeValidator(_status)]


class InvocationDataSourceType(Enum):
    Dataset = "Dataset"


class InvocationSource(Enum):
    Trigger = "Trigger"
    Manual = "Manual"


class UploadDestinationType(Enum):
    Dataset = "Dataset"
    Unknown = "Unknown"

    @classmethod
    def _missing_(cls, value: object) -> UploadDestinationType | None:
        return cls.Unknown if isinstance(value, str) else None


class ExecutorContainer(Enum):
    LogRouter = "firelens_log_router"
    Monitor = "monitor"
    Setup = "setup"
    Action = "action"
    OutputHandler = "output_handler"


class ComputeRequirements(BaseModel):
    """Compute requirements of an action invocation."""

    vCPU: StrictInt = 512  # noqa: N815 - the wire's name
    """vCPU value."""
    memory: StrictInt = 1024
    """Memory in MiB."""
    gpu: Literal[False] = False
    """Always false."""
    storage: StrictInt = Field(default=21, ge=21)
    """Storage in GiB, at least 21."""

    @model_validator(mode="after")
    def ensure_compatible(self) -> ComputeRequirements:
        if self.memory not in _MEMORY.get(self.vCPU, ()):
            raise ValueError("memory does not go with vCPU")
        return self


class ContainerParameters(BaseModel):
    """Parameters of the container that runs an action."""

    command: list[str] | None = None
    """Command of the container."""
    entry_point: list[str] | None = None
    """Entry point of the container."""
    env_vars: dict[str, str] | None = None
    """Environment variables of the container."""
    workdir: str | None = None
    """Working directory of the container."""


class ActionProvenance(BaseModel):
    """Provenance information for an action."""

    digest: str | None = None
    """Digest of the action."""
    name: str
    """Name of the action."""
    org_id: str
    """ID of the action's organization."""


class ExecutableProvenance(BaseModel):
    """Provenance information for an action executable."""

    container_image_digest: str | None = None
    """Digest of the container image."""
    container_image_uri: str | None = None
    """URI of the container image."""


class SourceProvenance(BaseModel):
    """Provenance information for an invocation source."""

    source_id: str
    """A trigger's ID or a user's ID."""
    source_type: InvocationSource
    """Method by which the invocation was run."""


class InvocationProvenance(BaseModel):
    """Provenance information for an invocation."""

    action: ActionProvenance
    """The Action that was invoked."""
    executable: ExecutableProvenance
    """The underlying executable that was run."""
    source: SourceProvenance
    """The source of the invocation."""


class DataSelector(BaseModel):
    """Selector for inputs to an action invocation."""

    query: str | None = None
    """RoboQL query representing the desired inputs."""
    ids: list[str] | None = None
    """Specific input IDs."""
    names: list[str] | None = None
    """Specific input names."""
    dataset_id: str | None = None
    """Dataset ID."""

    @model_validator(mode="after")
    def ensure_not_empty(self) -> DataSelector:
        if not (self.query or self.ids or self.names):
            raise ValueError("at least one of query, ids, names must be non-empty")
        return self


class FileSelector(DataSelector):
    """Selector for file inputs to an action invocation."""

    paths: list[str] | None = None
    """File paths or patterns."""

    @model_validator(mode="after")
    def ensure_not_empty(self) -> FileSelector:
        if not (self.query or self.ids or self.names or self.paths):
            raise ValueError("at least one of query, ids, names, paths must be non-empty")
        return self


class InvocationInput(BaseModel):
    """Input specification for an action invocation."""

    files: FileSelector | list[FileSelector] | None = None
    """File selectors."""
    topics: DataSelector | list[DataSelector] | None = None
    """Topic selectors."""

    @model_validator(mode="after")
    def ensure_not_empty(self) -> InvocationInput:
        if not (self.files or self.topics):
            raise ValueError("at least one of files, topics must be non-empty")
        return self


class InvocationDataSource(BaseModel):
    """Abstracted data source that can be provided to an invocation."""

    data_source_id: str
    """The ID of the data source."""
    data_source_type: InvocationDataSourceType
    """The type of data source."""


class InvocationUploadDestination(BaseModel):
    """Default destination to which invocation outputs should be uploaded."""

    destination_id: str | None = None
    """Optional identifier for the upload destination."""
    destination_type: UploadDestinationType = UploadDestinationType.Dataset
    """Type of upload destination."""


class InvocationStatusRecord(BaseModel):
    """A wire-transmissible representation of an invocation status."""

    detail: str | None = None
    """Detail of the status."""
    status: Status
    """The status."""
    timestamp: Timestamp
    """Time of the status."""


class InvocationRecord(BaseModel):
    """A wire-transmissible representation of an invocation."""

    compute_requirements: ComputeRequirements
    """Compute requirements of the invocation."""
    container_parameters: ContainerParameters
    """Parameters of the container that runs the invocation's action."""
    created: Timestamp
    """Time at which the invocation was created."""
    data_source: InvocationDataSource
    """Source of the invocation's input data."""
    duration: Duration = timedelta()
    """Duration of the invocation."""
    idempotency_id: str | None = None
    """Idempotency ID of the invocation."""
    input_data: list[str]
    """Input data of the invocation."""
    invocation_id: str
    """ID of the invocation."""
    last_heartbeat: Timestamp | None = None
    """Time of the invocation's last heartbeat."""
    last_status: Status
    """Last status of the invocation."""
    org_id: str
    """ID of the invocation's organization."""
    parameter_values: dict[str, Any] = Field(default_factory=dict)
    """Parameter values of the invocation."""
    provenance: InvocationProvenance
    """Provenance of the invocation."""
    rich_input_data: InvocationInput | None = None
    """Input specification of the invocation."""
    status: list[InvocationStatusRecord] = Field(default_factory=list)
    """Status records of the invocation."""
    timeout: StrictInt
    """Timeout of the invocation."""
    upload_destination: InvocationUploadDestination | None = None
    """Default destination to which invocation outputs should be uploaded."""


class LogRecord(BaseModel):
    """A wire-transmissible representation of a log record."""

    log: str
    """Text of the log line."""
    partial_id: str | None = None
    """Correlates the parts of a split log line."""
    process: ExecutorContainer
    """The executor container that the log line comes from."""
    timestamp: Timestamp
    """Time of the log line."""


class LogsLocation(BaseModel):
    """Invocation log storage location."""

    bucket: str
    """Bucket in which the logs are stored."""
    prefix: str
    """Prefix of the logs in the bucket."""
