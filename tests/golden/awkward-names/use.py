import json

from awkward_names.class_.def_ import Import
from awkward_names.records import Awkward, HostileEnum, HostileText

awkward = Awkward(class_="a", from_=2, with_dash="b", None_="c", MISSING_="d")
assert json.loads(awkward.model_dump_json()) == {
    "class": "a",
    "from": 2,
    "with-dash": "b",
    "None": "c",
    "MISSING": "d",
}
assert Awkward.model_validate(awkward.model_dump()) == awkward
assert Awkward.model_validate({"class": "a", "from": 2, "class_": 5}).class_ == "a"
assert HostileEnum.Lines.value == "\n\u2028\0"
assert HostileText().hostile == "\"'{{ x }}\u2028\\"
assert Import(a="x").a == "x"
