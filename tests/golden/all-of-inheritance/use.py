from all_of_inheritance.records import Amphibian, Dog, Employee, Entity, Person

employee = Employee(id="1", name="A", salary=10)
assert isinstance(employee, Person)
assert isinstance(employee, Entity)
assert employee.tags == []
assert Dog(id="rex").id == "rex"
assert Amphibian(id="1", depth=3).depth == 3
