"""个人信息权利的网址."""

from django.urls import path

from gongkai.duties.applications.rights.desk import views

app_name = "application_rights"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:public_id>/", views.one, name="one"),
]
