"""专题的网址."""

from django.urls import path

from gongkai.duties.catalogue.topics.desk import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="list"),
    path("new/", views.begin, name="begin"),
    path("files/<str:key>", views.file, name="file"),
    path("<int:number>/", views.topic, name="topic"),
    path("<int:number>/text/", views.text, name="text"),
    path("<int:number>/<slug:name>/", views.step, name="step"),
]
