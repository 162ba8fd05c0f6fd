from pydantic import TypeAdapter

from tuples.records import Pair, Path, Pin

pair: Pair = TypeAdapter(Pair).validate_json('["a", 1]')
assert pair == ("a", 1)

path = Path(point=(0, 1.5), of_records=(Pin(at=1), None))
assert path.point == (0, 1.5)
assert Path.model_validate_json(path.model_dump_json()) == path
