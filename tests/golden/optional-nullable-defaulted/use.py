from datetime import timedelta

from pydantic import MISSING

from optional_nullable_defaulted.records import Colour, Defaults, Presence

presence = Presence(
    required="a", required_defaulted="b", required_nullable=None, required_nullable_defaulted=None
)
assert presence.optional is MISSING
assert "optional" not in presence.model_dump()
assert presence.model_dump()["optional_nullable"] is None
assert (presence.optional_defaulted, presence.optional_nullable_defaulted) == ("x", "x")

one, other = Defaults(), Defaults()
assert one == other
assert one.either is Colour.Blue
assert one.lasted == timedelta(seconds=90)
one.sizes.append(3)
one.names.append("a")
one.labels["a"] = "b"
one.point.x = 5
assert other == Defaults.model_validate_json("{}") == Defaults.model_validate({})
assert one != other
