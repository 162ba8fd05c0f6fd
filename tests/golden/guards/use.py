from pydantic import TypeAdapter, ValidationError

from guards.records import Booking, Code, Guest

booking = Booking.model_validate_json(
    '{"seats": [3, 4], "guests": [{"name": "A", "paying": true}]}'
)
assert booking.seats == [3, 4]
assert booking.guests == [Guest(name="A", paying=True)]
assert Booking(seats=[1]).model_dump_json() == '{"seats":[1]}'

try:
    Booking.model_validate_json('{"seats": [], "to": 2}')
except ValidationError as refusal:
    assert "dependentRequired" in str(refusal) or "from" in str(refusal)
else:
    raise AssertionError("a booking to somewhere from nowhere")

code: Code = TypeAdapter(Code).validate_python("a1")
assert code == "a1"
