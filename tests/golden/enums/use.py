from enums.records import Currency, Direction, Journey, Keywords, Platform, Priority

journey = Journey(direction=Direction.LeftTurn)
assert journey.priority is Priority.Low
assert journey.model_dump_json() == '{"direction":"left turn","priority":0}'
assert Platform("plan9") is Platform.Other
assert Priority.from_value("High") is Priority(5) is Priority.High
assert Keywords.None_.value == "none"
assert [one.name for one in Currency] == ["EUR", "USDollar", "SwissFranc"]
