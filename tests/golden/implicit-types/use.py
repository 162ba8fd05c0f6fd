from implicit_types.records import Config

config = Config.model_validate_json('{"level": 3, "mode": {"x": [1]}}')
assert config.level == 3
assert Config.model_validate_json(config.model_dump_json()) == config
