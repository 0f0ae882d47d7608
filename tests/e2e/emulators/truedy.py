"""Truedy, from the sandbox notes of its fact file."""

import csv
import datetime
import io
import re

from .base import Emulator, Response

PREFIX = "/api/public/v1"
PHONE = re.compile(r"\+[1-9]\d{1,14}")


class Truedy(Emulator):
    api_key = "sandbox"
    first_row = 2            # what `row` of the first contact is: 2 (header is row 1) or 1
    adds_plus_one = False    # the older backend: numbers without + become +1…
    nested_errors = False    # FastAPI nesting: {"detail": {"error": …}}
    refuses = staticmethod(lambda row: None)  # a reason, for a row that looks fine
    refuses_file = staticmethod(lambda rows: None)  # (status, message): the whole file is refused
    counts_off = 0           # added to `imported` of every reply: counts that do not sum
    hides_details = False    # errors are counted and not listed
    page_limit = 100

    def __init__(self, **options):
        super().__init__(**options)
        self.folders = {"folder_default": "Default"}
        self.contacts = []
        self.number = 0

    def add(self, phone, name="", folder="folder_default", **more):
        self.number += 1
        contact = {"id": f"cnt_{self.number}", "phone": phone, "name": name, "email": more.pop("email", ""),
                   "folder_id": folder, "custom_fields": more, "call_count": 0, "last_called_at": None,
                   "created_at": self.now(), "updated_at": self.now()}
        self.contacts.append(contact)
        return contact

    @staticmethod
    def now(ahead=0):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=ahead)
        return at.isoformat().replace("+00:00", "Z")

    def meta(self):
        return {"request_id": f"req_{len(self.log)}", "ts": self.now()}

    def error(self, status, code, message, details=None):
        error = {"code": code, "message": message}
        if details:
            error["details"] = details
        body = {"error": error, "meta": self.meta()}
        return Response(status, {"detail": body} if self.nested_errors else body)

    def refusal(self, status):
        if status == 422:
            return Response(422, {"detail": [{"loc": ["body", "file"], "msg": "field required", "type": "missing"}]})
        codes = {400: "bad_request", 401: "unauthorized", 402: "payment_required", 403: "forbidden", 404: "not_found",
                 429: "rate_limit_exceeded"}
        details = {"limit": 100, "reset_at": self.now(1)} if status == 429 else None
        return self.error(status, codes.get(status, "internal_error"), f"Emulated {status}", details)

    def throttled(self, request, seconds):
        return self.error(429, "rate_limit_exceeded", "Rate limit exceeded",
                          {"limit": self.rate[0], "reset_at": self.now(seconds)})

    def handle(self, request):
        if request.header("Authorization") != f"Bearer {self.api_key}":
            return self.error(401, "unauthorized", "Invalid or missing API key", {"reason": "invalid_api_key"})
        if not request.path.startswith(PREFIX + "/"):
            return self.error(404, "not_found", "Not found")
        route = (request.method, request.path[len(PREFIX):])
        if route == ("POST", "/contacts/import"):
            return self.take(request)
        if route == ("GET", "/contacts"):
            return self.list(request)
        if route == ("GET", "/contacts/folders"):
            return Response(200, {"data": [{"id": i, "name": n, "description": "", "created_at": self.now(),
                                            "contact_count": sum(c["folder_id"] == i for c in self.contacts)}
                                           for i, n in self.folders.items()], "meta": self.meta()})
        return self.error(404, "not_found", "Not found")

    def list(self, request):
        folder = request.query.get("folder_id")
        try:
            limit, offset = int(request.query.get("limit", 50)), int(request.query.get("offset", 0))
        except ValueError:
            return self.refusal(422)
        if not 1 <= limit <= 100 or offset < 0:
            return self.refusal(422)
        limit = min(limit, self.page_limit)
        found = [c for c in self.contacts if folder in (None, c["folder_id"])]
        page = found[offset:offset + limit]
        return Response(200, {"data": page, "meta": self.meta(),
                              "pagination": {"total": len(found), "limit": limit, "offset": offset,
                                             "has_more": offset + limit < len(found)}})

    def take(self, request):
        parts = request.multipart()
        if parts is None or "file" not in parts:
            return self.refusal(422)
        folder = parts["folder_id"][1].decode() if "folder_id" in parts else "folder_default"
        overwrite = parts["overwrite_existing"][1].decode() if "overwrite_existing" in parts else "false"
        if overwrite not in ("true", "false"):
            return self.refusal(422)
        if folder not in self.folders:
            return self.error(404, "not_found", "Folder not found")
        rows = list(csv.reader(io.StringIO(parts["file"][1].decode("utf-8"), newline="")))
        if not rows or "phone" not in rows[0]:
            return self.error(400, "bad_request", "CSV must have a phone column")
        header, rows = rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]
        if refused := self.refuses_file(rows):
            return self.error(refused[0], "validation_error", refused[1])
        imported = updated = skipped = 0
        details = []
        for index, row in enumerate(rows):
            phone = row.get("phone", "")
            if self.adds_plus_one and phone and not phone.startswith("+"):
                phone = "+1" + phone
            reason = None if PHONE.fullmatch(phone) else "Invalid phone number format"
            reason = reason or self.refuses(row)
            if reason:
                details.append({"row": index + self.first_row, "phone": row.get("phone", ""), "reason": reason})
                continue
            standard = {k: row[k] for k in ("name", "email") if row.get(k)}
            custom = {k: row[k] for k in header if k not in ("phone", "name", "email") and row.get(k)}
            old = next((c for c in self.contacts if c["phone"] == phone), None)
            if not old:
                contact = self.add(phone, folder=folder)
                contact.update(standard)
                contact["custom_fields"].update(custom)
                imported += 1
            elif overwrite == "true":
                old.update(standard, updated_at=self.now())
                old["custom_fields"].update(custom)
                updated += 1
            else:
                skipped += 1
        data = {"imported": imported + self.counts_off, "updated": updated, "skipped": skipped, "errors": len(details),
                "folder_id": folder, "error_details": [] if self.hides_details else details}
        return Response(201, {"data": data, "meta": self.meta()})
