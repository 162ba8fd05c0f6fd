from pydantic import ValidationError

from selector.records import Point, Selector

selector = Selector(from_="here")
assert selector.model_dump_json(exclude_defaults=True) == '{"from":"here"}'
assert Selector(near=[Point()]).ensure_not_empty().near == [Point(x=0)]
try:
    Selector(limit=5)
except ValidationError as refusal:
    assert "at least one of query, ids, near, from" in str(refusal)
else:
    raise AssertionError("an empty selector was taken")
selector.from_ = ""
try:
    selector.ensure_not_empty()
except ValueError as refusal:
    assert "must be non-empty" in str(refusal)
else:
    raise AssertionError("a selector that was emptied was taken")
