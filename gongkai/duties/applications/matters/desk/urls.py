"""逐项办理的网址."""

from django.urls import path

from gongkai.duties.applications.matters.desk import views

app_name = "matters"
urlpatterns = [
    path("<slug:public_id>/add/", views.add, name="add"),
    path("<slug:public_id>/search/", views.search, name="search"),
    path("<slug:public_id>/main-ground/", views.main_ground, name="main_ground"),
    path("matter/<slug:public_id>/decide/", views.decide, name="decide"),
    path("matter/<slug:public_id>/strike/", views.strike, name="strike"),
    path("matter/<slug:public_id>/document/", views.document, name="document"),
    path("search/<slug:public_id>/strike/", views.strike_search, name="strike_search"),
    path("document/<slug:public_id>/pages/", views.pages, name="pages"),
    path("document/<slug:public_id>/strike/", views.strike_document, name="strike_document"),
]
