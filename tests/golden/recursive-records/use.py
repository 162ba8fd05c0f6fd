from recursive_records.records import Chicken, Egg, Sum, Tree

tree = Tree(value=1, left=Tree(value=2), children=[Tree(value=3)])
assert Tree.model_validate_json(tree.model_dump_json()) == tree
assert tree.children is not Tree(value=1).children
assert Chicken(eggs=[Egg(laid_by=Chicken())]).eggs == [Egg(laid_by=Chicken())]
assert Sum(terms=[1, Sum(terms=[2.5])]).model_dump_json() == '{"terms":[1.0,{"terms":[2.5]}]}'
