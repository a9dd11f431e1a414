"""Property tests of the law are judged by their answer, not by how busy the machine is."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
