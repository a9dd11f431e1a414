"""公示的网址."""

from django.urls import path

from gongkai.duties.administrative_acts.desk import views

app_name = "publicity"
urlpatterns = [
    path("<slug:kind>/", views.listing, name="list"),
    path("<slug:kind>/batch/<slug:name>/", views.batch, name="batch"),
    path("<slug:kind>/<slug:public_id>/", views.decision, name="decision"),
    path("<slug:kind>/<slug:public_id>/<slug:name>/", views.step, name="step"),
]
