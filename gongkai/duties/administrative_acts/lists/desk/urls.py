"""清单的网址."""

from django.urls import path

from gongkai.duties.administrative_acts.lists.desk import views

app_name = "public_lists"
urlpatterns = [
    path("", views.lists, name="list"),
    path("<slug:kind>/", views.one_list, name="one"),
    path("<slug:kind>/<slug:public_id>/", views.edition, name="edition"),
    path("<slug:kind>/<slug:public_id>/<slug:name>/", views.step, name="step"),
]
