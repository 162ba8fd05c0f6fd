from pydantic import TypeAdapter

from tagged_unions.records import Event, Failed, History, Started

event: Event = TypeAdapter(Event).validate_json('{"kind": "failed", "reason": "no fuel"}')
assert isinstance(event, Failed)
assert event.reason == "no fuel"

history = History(events=[Started(kind="started", at=1), event], last=None)
assert History.model_validate_json(history.model_dump_json()) == history
