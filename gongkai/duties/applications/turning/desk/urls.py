"""转主动公开的网址."""

from django.urls import path

from gongkai.duties.applications.turning.desk import views

app_name = "turning"
urlpatterns = [
    path("", views.listing, name="list"),
    path("of/<slug:public_id>/", views.propose, name="propose"),
    path("<slug:public_id>/", views.one, name="one"),
    path("<slug:public_id>/draft/", views.draft, name="draft"),
    path("<slug:public_id>/decline/", views.decline, name="decline"),
]
