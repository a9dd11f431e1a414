"""归档的网址."""

from django.urls import path

from gongkai.duties.applications.archive.desk import views

app_name = "application_archive"
urlpatterns = [
    path("bundle/<slug:public_id>/read/", views.read, name="read"),
    path("hold/<slug:public_id>/lift/", views.lift, name="lift"),
    path("<slug:public_id>/", views.case, name="case"),
    path("<slug:public_id>/put-together/", views.put_together, name="put_together"),
    path("<slug:public_id>/hold/", views.hold, name="hold"),
]
