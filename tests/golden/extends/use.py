from extends.pets import Dog, Puppy
from extends.records import Animal

puppy = Puppy(name="Rex", legs=4, weeks=3)
assert isinstance(puppy, Dog)
assert issubclass(Dog, Animal)
assert list(Puppy.model_fields) == ["name", "tag", "legs", "owner", "weeks"]
assert Dog(owner="me", legs=4).ensure_not_empty().name is None
