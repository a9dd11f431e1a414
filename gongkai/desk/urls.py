"""工作台网址."""

from django.urls import path

from gongkai.desk import audit_trail, breach, calendar_feed, system, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("calendar/<slug:token>.ics", calendar_feed.feed, name="calendar_feed"),
    path("audit/", audit_trail.trail, name="audit_trail"),
    path("audit/export/", audit_trail.export, name="audit_export"),
    path("audit/breach/", breach.breach, name="breach"),
    path("system/", system.system, name="system"),
    path("system/clock/", system.confirm_clock, name="confirm_clock"),
    path("system/retry/<int:number>/", system.retry, name="retry"),
]
