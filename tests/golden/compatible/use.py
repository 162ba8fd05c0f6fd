from pydantic import ValidationError

from compatible.records import Machine, Menu

assert Machine(cores=2).memory == 2
assert Menu(main='"steak"', side_dish="fries").side_dish == "fries"
for wrong in ({"cores": 3}, {"cores": 4, "memory": 2}):
    try:
        Machine.model_validate(wrong)
    except ValidationError as refusal:
        assert "must be one of" in str(refusal)
    else:
        raise AssertionError(f"{wrong} was taken")
machine = Machine()
machine.memory = 3
try:
    machine.ensure_compatible()
except ValueError as refusal:
    assert "with cores 1 memory must be one of 1, 2" in str(refusal)
else:
    raise AssertionError("a machine that was changed was taken")
