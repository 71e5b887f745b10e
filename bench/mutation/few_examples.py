from hypothesis import settings

settings.register_profile("few", max_examples=15, deadline=None, database=None, derandomize=True)
settings.load_profile("few")
