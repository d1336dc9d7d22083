"""The pages on which a file is sent, looked at beside what it became, and only then read in. A wing
says what it asks for, what is looked at, and what happens as it is read in."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from samverkan.http import Request
from samverkan.organisation.models import District
from samverkan.reading.models import SentFile
from samverkan.reading.outcome import Sureness
from samverkan.reading.uploads import (
    KEPT,
    MOST_BYTES,
    TOO_LARGE,
    AlreadyUsed,
    Changed,
    Uploads,
)

_AROUND = 100_000  # bytes of a form beside its file
_STEPS = ("preview", "answer", "apply", "take-back", "forget", "file")


class Importing:
    uploads: Uploads[Any, Any]
    name: str  # of the first page among the addresses; the others begin with it
    title: str  # "Läs in en plan"
    lead: str  # what is said over the form
    stays: str  # what is there still when a file has been taken back
    preview_page: str  # the template
    service: Any  # the module that reads in: `outcome`, `apply`, `take_back`
    ways: Mapping[Any, tuple[str, str]]  # each use: what it is called, and what it does
    read_task: Any
    forget_task: Any

    # What a wing says

    def place(self, request: HttpRequest, district: str) -> District:
        """The district, for a user who may read files in there."""
        raise NotImplementedError

    def get(self, request: HttpRequest, district: str, pk: int) -> Any:
        """The file, for the same."""
        raise NotImplementedError

    def form(self, request: HttpRequest, place: District, *data: Any, **initial: Any) -> forms.Form:
        raise NotImplementedError

    def asked(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the form has said that the file is to become."""
        raise NotImplementedError

    def asked_before(self, upload: Any) -> dict[str, Any]:
        """The form as it was filled in when the file was sent."""
        raise NotImplementedError

    def earlier(self, place: District) -> Any:
        raise NotImplementedError

    def frame(self, request: HttpRequest, place: District) -> Any:
        raise NotImplementedError

    def target(self, upload: Any, reading: Any) -> Any:
        """What the file can go into, and in which ways: `uses`."""
        raise NotImplementedError

    def looked_at(
        self, request: HttpRequest, upload: Any, reading: Any, chosen: "Chosen"
    ) -> dict[str, Any]:
        """What the preview shows of it."""
        raise NotImplementedError

    def done(self, request: HttpRequest, upload: Any) -> dict[str, Any]:
        """What is said of a file that has been read in."""
        raise NotImplementedError

    # The pages

    def page(self, request: HttpRequest, district: str) -> HttpResponse:
        """The form, and what has been read in before."""
        place = self.place(request, district)
        if request.method != "POST":
            return self._page(request, place, self.form(request, place))
        form = self.form(request, place, request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = self._keep(request, place, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect(f"{self.name}-preview", district, upload.pk)
        return self._page(request, place, form, status=422)

    def ask_first(self, request: HttpRequest, district: str) -> HttpResponse | None:
        """Who may send a file is asked, and how large it is, before a byte of it is read."""
        place = self.place(request, district)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_BYTES + _AROUND:
            form = self.form(request, place)
            return self._page(request, place, form, status=413, fault=TOO_LARGE)
        return None

    def preview(self, request: Request, district: str, pk: int) -> HttpResponse:
        """Left the file as it was, right what it became. Nothing is stored yet."""
        upload = self.get(request, district, pk)
        if upload.use:
            return self._render(request, upload, "reading/done.html", self.done(request, upload))
        if not upload.is_read and self.uploads.is_left(upload):
            self.uploads.read(upload)
        if not upload.is_read:
            return self._render(request, upload, "reading/reading.html", {}, status=202)
        if request.htmx:  # the page that waited goes on
            return HttpResponse(headers={"HX-Redirect": request.path})
        return self._preview(request, upload)

    @method_decorator(require_POST)
    def answer(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        upload = self.get(request, district, pk)
        asked = request.POST
        try:
            reading = self.uploads.answer(
                actor=request.user,
                upload=upload,
                question=asked.get("question", ""),
                said=asked.get("answer", "").strip(),
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            left = sum(one.sureness == Sureness.UNSURE for one in reading.questions)
            messages.success(
                request,
                "Svaret är sparat, också för nästa fil i området. "
                + (f"{left} kvar som är osäkra." if left else "Inget är osäkert längre."),
            )
        keep = {name: asked[name] for name in ("blad", "hur") if asked.get(name)}
        address = reverse(f"{self.name}-preview", args=[district, pk])
        return redirect(f"{address}?{urlencode(keep)}" if keep else address)

    @method_decorator(require_POST)
    def read_in(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        upload = self.get(request, district, pk)
        try:
            self.service.apply(
                actor=request.user,
                upload=upload,
                use=request.POST.get("hur", ""),
                seen=request.POST.get("seen", ""),
                from_file=request.POST.getlist("ur-filen"),
            )
        except AlreadyUsed:
            pass
        except Changed as changed:
            return self._preview(request, upload, " ".join(changed.messages), status=409)
        except ValidationError as refusal:
            return self._preview(request, upload, " ".join(refusal.messages), status=422)
        return redirect(f"{self.name}-preview", district, pk)

    @method_decorator(require_POST)
    def take_back(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        upload = self.get(request, district, pk)
        try:
            self.service.take_back(actor=request.user, upload=upload)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"Inläsningen av {upload.name} är ångrad.")
        return redirect(f"{self.name}-preview", district, pk)

    @method_decorator(require_POST)
    def forget(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        upload = self.get(request, district, pk)
        try:
            self.uploads.forget(actor=request.user, upload=upload)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"{upload.name} är borttagen. Inget lästes in.")
        return redirect(self.name, district)

    def file(self, request: HttpRequest, district: str, pk: int) -> HttpResponseBase:
        """The very bytes that were sent, to keep and never to show: they are a stranger's."""
        upload = self.get(request, district, pk)
        return FileResponse(
            BytesIO(bytes(upload.content)),
            as_attachment=True,
            filename=upload.name,
            content_type="application/octet-stream",
        )

    def _keep(self, request: HttpRequest, place: District, said: Mapping[str, Any]) -> SentFile:
        sent = said["file"]
        upload = self.uploads.keep(
            actor=request.user,
            district=place,
            name=sent.name,
            content=sent.read(),
            **self.asked(said),
        )
        self.forget_task.using(run_after=timezone.now() + KEPT).enqueue(upload_id=upload.pk)
        if self.uploads.takes_time(upload):
            self.read_task.enqueue(upload_id=upload.pk)
        else:
            self.uploads.read(upload)
        return upload

    def _page(
        self,
        request: HttpRequest,
        place: District,
        form: forms.Form,
        status: int = 200,
        fault: str = "",
    ) -> HttpResponse:
        words = {
            "frame": self.frame(request, place),
            "form": form,
            "fault": fault,
            "uploads": [
                (one, reverse(f"{self.name}-preview", args=[place.slug, one.pk]))
                for one in self.earlier(place)
            ],
            **self._choosing(),
        }
        return render(request, "reading/page.html", words, status=status)

    def _preview(
        self, request: HttpRequest, upload: Any, fault: str = "", status: int = 200
    ) -> HttpResponse:
        reading = self.uploads.reading_of(upload)
        if reading is None:
            form = self.form(request, upload.district, initial=self.asked_before(upload))
            words = {"form": form, **self._choosing()}
            return self._render(request, upload, "reading/refused.html", words, status=422)
        asked = request.POST if request.method == "POST" else request.GET
        target = self.target(upload, reading)
        first = next(iter(target.uses), "")
        use = next((use for use in target.uses if use == asked.get("hur")), first)
        from_file = set(asked.getlist("ur-filen"))
        chosen = Chosen(
            target,
            self.service.outcome(target, use, reading.document, from_file),
            address=reverse(f"{self.name}-preview", args=[upload.district.slug, upload.pk]),
            number=_number_in(asked.get("blad", "")),
            keep=f"&hur={quote(use)}" if len(target.uses) > 1 else "",
        )
        words = {
            "fault": fault,
            "reading": reading,
            "target": target,
            "use": use,
            "ways": [(way, *self.ways[way], way == use) for way in target.uses],
            "found": chosen.found,
            "chosen": from_file,
        } | self.looked_at(request, upload, reading, chosen)
        return self._render(request, upload, self.preview_page, words, status)

    def _render(
        self, request: HttpRequest, upload: Any, page: str, words: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        words = {
            "upload": upload,
            "importing": self,
            "start": reverse(self.name, args=[upload.district.slug]),
            "to": {
                step.replace("-", "_"): reverse(
                    f"{self.name}-{step}", args=[upload.district.slug, upload.pk]
                )
                for step in _STEPS
            },
        } | words
        if "frame" not in words:
            words["frame"] = self.frame(request, upload.district)
        return render(request, page, words, status=status)

    def _choosing(self) -> dict[str, Any]:
        return {"importing": self, "most": MOST_BYTES, "too_large": TOO_LARGE}


@dataclass(frozen=True)
class Chosen:
    """How the file is looked at: what it would go into, and what would become of that."""

    target: Any
    found: Any
    address: str  # of the preview
    number: int  # of the part of the file that is shown
    keep: str  # what the addresses of its parts say more


def _number_in(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
