from pydantic import TypeAdapter

from pattern_properties.records import Environment, Headers

headers: Headers = TypeAdapter(Headers).validate_json('{"x-a": "1"}')
environment = Environment.model_validate_json('{"name": "a", "PATH": "/"}')
assert environment.name == "a"
assert environment.model_dump_json() == '{"name":"a","PATH":"/"}'
