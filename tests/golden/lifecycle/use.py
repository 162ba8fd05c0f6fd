from lifecycle.orders import LampState, OrderStatus

assert OrderStatus.Draft.next() is OrderStatus.Paid
assert OrderStatus.Shipped.next() is None
assert OrderStatus.Cancelled.next() is None
assert OrderStatus.Draft.can_transition_to(OrderStatus.Draft)
assert OrderStatus.Cancelled.can_transition_to(OrderStatus.Draft)
assert not OrderStatus.Draft.can_transition_to(OrderStatus.Shipped)
assert [one for one in OrderStatus if one.is_terminal()] == [
    OrderStatus.Shipped,
    OrderStatus.Cancelled,
]
assert not any(one.is_lost() for one in OrderStatus)
assert LampState.from_value("On") is LampState.from_value(1) is LampState.On
assert f"{LampState.On}" == str(LampState.On) == "On"
