"""领导信息的网址."""

from django.urls import path

from gongkai.duties.catalogue.leaders.desk import views

app_name = "leaders"
urlpatterns = [
    path("", views.leaders, name="list"),
    path("order/", views.order, name="order"),
    path("<slug:public_id>/profile/", views.profile, name="profile"),
    path("<slug:public_id>/leave/", views.leave, name="leave"),
]
