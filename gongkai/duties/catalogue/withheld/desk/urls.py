"""不公开的信息的网址."""

from django.urls import path

from gongkai.duties.catalogue.withheld.desk import views

app_name = "withheld"
urlpatterns = [
    path("", views.withheld, name="list"),
    path("practice/", views.practice, name="practice"),
    path("drafts/<slug:public_id>/determine/", views.determine, name="determine"),
    path("<slug:public_id>/", views.one, name="one"),
    path("<slug:public_id>/assess/", views.assess, name="assess"),
]
