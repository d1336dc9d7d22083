from django.contrib import admin
from django.urls import include, path

from samverkan.site import views

urlpatterns = [
    path("", views.start, name="start"),
    path("halsa/", views.health, name="health"),
    path("konto/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("samverkan.site.urls")),
    path("", include("plans.urls")),
]
