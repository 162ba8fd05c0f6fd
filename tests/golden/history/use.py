from history.lamps import Lamp, State, Switch
from history.orders import Order, Step
from history.states import OrderStatus

AT = "2024-01-02T03:04:05Z"
DRAFT, PAID, SHIPPED = OrderStatus


def order(*states: OrderStatus) -> Order:
    return Order(log=[Step(class_=state, at=AT) for state in states])


assert Order().illegal_transitions() == order().illegal_transitions() == []
assert order(DRAFT, DRAFT, PAID, DRAFT, PAID, SHIPPED).illegal_transitions() == []
assert order(PAID, SHIPPED, SHIPPED, PAID, DRAFT, SHIPPED).illegal_transitions() == [
    (SHIPPED, PAID),
    (DRAFT, SHIPPED),
]
assert Lamp(switched=None).illegal_transitions() == []
broken = Lamp(switched=[Switch(to=state, at=AT) for state in (State.Off, State.Broken)])
assert broken.illegal_transitions() == [(State.Off, State.Broken)]
