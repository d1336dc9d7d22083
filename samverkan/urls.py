from django.contrib import admin
from django.urls import include, path

from samverkan.site import appearance, views

urlpatterns = [
    path("", views.start, name="start"),
    path("halsa/", views.health, name="health"),
    path("utseende/", appearance.choose, name="appearance"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("konto/", include("samverkan.site.account_urls")),
    path("admin/", admin.site.urls),
    path("", include("samverkan.site.urls")),
    path("", include("lagesbild.urls")),
    path("", include("plans.urls")),
]

handler400 = "samverkan.site.errors.bad_request"
handler403 = "samverkan.site.errors.permission_denied"
handler404 = "samverkan.site.errors.page_not_found"
handler429 = "samverkan.site.errors.too_many_requests"  # asked for by django-allauth
