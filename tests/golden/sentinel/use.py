from datetime import UTC, datetime

from sentinel.records import Kind, Owner, Seat

nobody, unlimited = Owner.nobody(), Owner.unlimited()
assert nobody == Owner(id="__NOBODY__", kind=Kind.Person)
assert (nobody.is_nobody(), nobody.is_unlimited()) == (True, False)
assert (unlimited.is_nobody(), unlimited.is_unlimited()) == (False, True)
assert unlimited.since == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
assert unlimited.class_ == "first"
assert Owner.unlimited().seats is not unlimited.seats
assert not Owner(id="*", kind=Kind.Group, seats=[Seat(row=1)]).is_unlimited()
