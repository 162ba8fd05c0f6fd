from older_drafts.records import Four, Nineteen, Seven, Six

four = Four.model_validate_json('{"share": 0.5, "pair": ["a", 1], "known": "low"}')
assert four.share == 0.5
assert Six(one=1).one == 1
assert Seven(kind="b").model_dump_json() == '{"kind":"b"}'
assert Nineteen.model_validate_json("{}") == Nineteen()
