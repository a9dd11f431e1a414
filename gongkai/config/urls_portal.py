"""公众侧网址."""

urlpatterns: list = []
