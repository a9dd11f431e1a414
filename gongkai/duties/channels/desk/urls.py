"""政务新媒体的网址; its register stands with those of the other apps."""

from django.urls import path

from gongkai.duties.channels.desk import views

app_name = "channels"
urlpatterns = [path("accounts/", views.accounts, name="accounts")]
