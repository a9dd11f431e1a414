"""依申请公开的网址; the register's own stand with those of the other registers."""

from django.urls import path

from gongkai.duties.applications.clocks.desk import views as clocks
from gongkai.duties.applications.desk import case, overdue, views

app_name = "applications"
urlpatterns = [
    path("due/", overdue.listing, name="overdue"),
    path("events/<slug:public_id>/rectify/", clocks.rectify_event, name="rectify_event"),
    path("rectifications/<slug:public_id>/", clocks.rectification, name="rectification"),
    path("recounts/<slug:public_id>/", clocks.recount, name="recount"),
    path("<slug:public_id>/", case.one, name="case"),
    path("<slug:public_id>/how/", case.explained, name="explained"),
    path("<slug:public_id>/step/", views.step, name="step"),
]
