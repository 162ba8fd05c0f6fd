from cycle_between_modules.firms import Firm
from cycle_between_modules.people import Person

person = Person(name="A", employer=Firm(staff=[Person(name="B")]))
assert Person.model_validate_json(person.model_dump_json()) == person
