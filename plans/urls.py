from django.urls import path

from plans.views import plan

urlpatterns = [
    path("<slug:district>/narmast/", plan.nearest, name="plan-nearest"),
    path("<slug:district>/<int:year>/atgardsplan/", plan.page, name="plan"),
    path("<slug:district>/<int:year>/sammanstallning/", plan.summary, name="plan-summary"),
]
