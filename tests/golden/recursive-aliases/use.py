from pydantic import TypeAdapter

from recursive_aliases.records import Expression, Json, Nested, Sum

value: Json = TypeAdapter(Json).validate_json('{"a": [1, {"b": null}]}')
assert value == {"a": [1, {"b": None}]}

nested: Nested = TypeAdapter(Nested).validate_json("[[], [[]]]")
assert nested == [[], [[]]]

expression: Expression = TypeAdapter(Expression).validate_json('{"sum": [1, {"sum": [2]}]}')
assert expression == Sum(sum=[1, Sum(sum=[2])])
