from mixed_drafts.old import Line
from mixed_drafts.records import Order

order = Order(price=1.5, lines=[Line(note="long")])
assert Order.model_validate_json(order.model_dump_json()) == order
