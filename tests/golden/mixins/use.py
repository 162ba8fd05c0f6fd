from mixins.geo import Compass, Point, Segment

assert Point(x=3, y=4).length == 5.0
assert Point(x=1) + Point(x=2, y=3) == Point(x=3, y=3)
assert Compass.North.opposite is Compass.South
assert Segment(start=Point(x=1), end=Point(x=2)).end.x == 2
